using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Finds out what a channel's credentials are.</summary>
internal sealed class CredentialsReader : ChannelCredentialsConfiguratorBase
{
    private readonly List<CallCredentials> _callCredentials = [];
    private bool? _secure;

    private CredentialsReader()
    {
    }

    /// <summary>Reads the credentials of a channel.</summary>
    /// <exception cref="InvalidOperationException">They ask for TLS on an http address, or the reverse.</exception>
    public static ChannelCredentialsInfo Read(Uri address, GrpcChannelOptions options)
    {
        var reader = new CredentialsReader();
        options.Credentials?.InternalPopulateConfiguration(reader, null);
        var addressIsSecure = address.Scheme == Uri.UriSchemeHttps;
        if (reader._secure is { } secure && secure != addressIsSecure)
        {
            throw new InvalidOperationException(
                $"The channel's credentials are {(secure ? "for TLS" : "insecure")}, but its address \"{address}\" is {address.Scheme}.");
        }

        return new ChannelCredentialsInfo(addressIsSecure, reader._callCredentials);
    }

    /// <inheritdoc/>
    public override void SetInsecureCredentials(object? state) => _secure = false;

    /// <inheritdoc/>
    public override void SetSslCredentials(
        object? state, string? rootCertificates, object? keyCertificatePair, object? verifyPeerCallback) => _secure = true;

    /// <inheritdoc/>
    public override void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        channelCredentials.InternalPopulateConfiguration(this, state);
        _callCredentials.Add(callCredentials);
    }
}
