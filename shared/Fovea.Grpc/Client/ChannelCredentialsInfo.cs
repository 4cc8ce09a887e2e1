using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>What a channel's credentials come down to.</summary>
/// <param name="IsSecure">Tells whether the channel uses TLS.</param>
/// <param name="ChannelCallCredentials">The credentials of every call.</param>
internal sealed record ChannelCredentialsInfo(bool IsSecure, IReadOnlyList<CallCredentials> ChannelCallCredentials);
