using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How gRPC services are served.</summary>
public class GrpcServiceOptions
{
    private const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    private int? _maxReceiveMessageSize;
    private bool _maxReceiveMessageSizeSet;
    private int? _maxSendMessageSize;
    private bool _maxSendMessageSizeSet;
    private InterceptorCollection? _interceptors;

    /// <summary>The most bytes that a response may have; null for no limit, which is the default.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set
        {
            _maxSendMessageSize = value;
            _maxSendMessageSizeSet = true;
        }
    }

    /// <summary>The most bytes that a request may have, also once decompressed; null for no limit. 4 MiB unless set.</summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSizeSet ? _maxReceiveMessageSize : DefaultMaxReceiveMessageSize;
        set
        {
            _maxReceiveMessageSize = value;
            _maxReceiveMessageSizeSet = true;
        }
    }

    /// <summary>Tells whether clients are told the exceptions that escape handlers; false unless set.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>The algorithm of responses, for clients that take it; none when null.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>The level of response compression; the provider's own when null.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>The compression algorithms; gzip alone when null.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>Tells whether paths of unknown services are left to the rest of the application instead of answered UNIMPLEMENTED.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>The interceptors, the first one outermost.</summary>
    public InterceptorCollection Interceptors => _interceptors ??= [];

    /// <summary>Options of one service: what it sets itself, and else what these options say; interceptors of both, these first.</summary>
    internal GrpcServiceOptions Overlay(GrpcServiceOptions own)
    {
        var merged = new GrpcServiceOptions
        {
            EnableDetailedErrors = own.EnableDetailedErrors ?? EnableDetailedErrors,
            ResponseCompressionAlgorithm = own.ResponseCompressionAlgorithm ?? ResponseCompressionAlgorithm,
            ResponseCompressionLevel = own.ResponseCompressionLevel ?? ResponseCompressionLevel,
            CompressionProviders = own.CompressionProviders ?? CompressionProviders,
            IgnoreUnknownServices = own.IgnoreUnknownServices ?? IgnoreUnknownServices,
            MaxReceiveMessageSize = own._maxReceiveMessageSizeSet ? own.MaxReceiveMessageSize : MaxReceiveMessageSize,
            MaxSendMessageSize = own._maxSendMessageSizeSet ? own.MaxSendMessageSize : MaxSendMessageSize,
        };
        foreach (var registration in Interceptors.Concat(own.Interceptors))
        {
            merged.Interceptors.Add(registration);
        }

        return merged;
    }
}
