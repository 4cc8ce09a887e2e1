namespace Grpc.Core;

/// <summary>Learns what channel credentials are.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>The channel is plaintext.</summary>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>The channel uses TLS; the three arguments are always null here, as certificates belong to the HTTP handler.</summary>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, object? keyCertificatePair, object? verifyPeerCallback);

    /// <summary>The channel adds credentials to every call.</summary>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
