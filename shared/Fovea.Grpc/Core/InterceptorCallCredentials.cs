namespace Grpc.Core;

/// <summary>Call credentials that a delegate adds.</summary>
internal sealed class InterceptorCallCredentials : CallCredentials
{
    private readonly AsyncAuthInterceptor _interceptor;

    /// <summary>Keeps the delegate.</summary>
    public InterceptorCallCredentials(AsyncAuthInterceptor interceptor)
    {
        _interceptor = interceptor;
    }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetAsyncAuthInterceptorCredentials(state, _interceptor);
}
