using Grpc.Core;
using Grpc.Net.Compression;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>How a channel is set up.</summary>
public sealed class GrpcChannelOptions
{
    private const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <summary>How the channel is secured; the address decides when this is null.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>The most bytes that a request may have; null for no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The most bytes that a response may have, also once decompressed; null for no limit. 4 MiB unless set.</summary>
    public int? MaxReceiveMessageSize { get; set; } = DefaultMaxReceiveMessageSize;

    /// <summary>The compression algorithms; gzip alone when null.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>Makes loggers; nothing is logged when null.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The client to send through; excludes <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler to send through; excludes <see cref="HttpClient"/>. A handler of the channel's own when both are null.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Tells whether the channel disposes a client or handler that was given to it.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Tells whether a cancelled call throws <see cref="OperationCanceledException"/> instead of <see cref="RpcException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Tells whether call credentials are sent over plaintext too; they are left out unless set.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    /// <summary>The HTTP version of calls; 2.0 unless set.</summary>
    public Version? HttpVersion { get; set; }

    /// <summary>How strictly the HTTP version is kept; exactly unless set.</summary>
    public HttpVersionPolicy? HttpVersionPolicy { get; set; }

    /// <summary>The clock of deadlines.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
