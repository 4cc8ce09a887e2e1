namespace Grpc.Core;

/// <summary>Credentials of single calls, sent as metadata.</summary>
public abstract class CallCredentials
{
    /// <summary>Adds all these credentials, in order.</summary>
    /// <exception cref="ArgumentException">Fewer than two are given.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (credentials.Length < 2)
        {
            throw new ArgumentException("Composing needs at least two credentials.", nameof(credentials));
        }

        return new CompositeCallCredentials([.. credentials]);
    }

    /// <summary>Credentials that a delegate adds.</summary>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptorCallCredentials(interceptor);
    }

    /// <summary>Tells a configurator what these credentials are.</summary>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
