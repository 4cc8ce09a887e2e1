namespace Grpc.Core;

/// <summary>Several call credentials applied in order.</summary>
internal sealed class CompositeCallCredentials : CallCredentials
{
    private readonly IReadOnlyList<CallCredentials> _credentials;

    /// <summary>Keeps the credentials.</summary>
    public CompositeCallCredentials(IReadOnlyList<CallCredentials> credentials)
    {
        _credentials = credentials;
    }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetCompositeCredentials(state, _credentials);
}
