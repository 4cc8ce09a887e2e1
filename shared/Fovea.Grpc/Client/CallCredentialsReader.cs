using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Finds the delegates behind call credentials, in order.</summary>
internal sealed class CallCredentialsReader : CallCredentialsConfiguratorBase
{
    /// <summary>The delegates found.</summary>
    public List<AsyncAuthInterceptor> Interceptors { get; } = [];

    /// <inheritdoc/>
    public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
    {
        foreach (var part in credentials)
        {
            part.InternalPopulateConfiguration(this, state);
        }
    }

    /// <inheritdoc/>
    public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) => Interceptors.Add(interceptor);
}
