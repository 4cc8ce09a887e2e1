namespace Grpc.Core;

/// <summary>Channel credentials together with credentials for every call.</summary>
internal sealed class CompositeChannelCredentials : ChannelCredentials
{
    private readonly ChannelCredentials _channel;
    private readonly CallCredentials _call;

    /// <summary>Keeps both.</summary>
    public CompositeChannelCredentials(ChannelCredentials channel, CallCredentials call)
    {
        _channel = channel;
        _call = call;
    }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetCompositeCredentials(state, _channel, _call);
}
