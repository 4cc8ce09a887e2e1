using System.Buffers;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server;

/// <summary>Writes one call's response: headers, messages, and once the trailers.</summary>
internal sealed class ServerResponse
{
    private readonly HttpContext _http;
    private readonly ServerMethodSettings _settings;
    private readonly MessageEncoder _encoder;
    private readonly ServerCallGate _gate = new();
    private bool _bodyStarted;

    /// <summary>Prepares the response to a call.</summary>
    public ServerResponse(HttpContext http, ServerMethodSettings settings)
    {
        _http = http;
        _settings = settings;
        _encoder = new MessageEncoder(settings.Options.MaxSendMessageSize)
        {
            CompressionLevel = settings.Options.ResponseCompressionLevel,
        };
    }

    /// <summary>Sets the protocol's headers; compresses if the service wants it and the client takes it.</summary>
    public void Begin()
    {
        _http.Response.ContentType = GrpcHeaders.ContentType;
        TryCompress(_settings.Options.ResponseCompressionAlgorithm);
    }

    /// <summary>Sends the headers now.</summary>
    /// <exception cref="InvalidOperationException">They have been sent, or the call has ended.</exception>
    public async Task WriteHeadersAsync(Metadata headers, string method)
    {
        if (!_gate.TryBeginWrite())
        {
            throw new InvalidOperationException("The call has ended, so its headers cannot be sent.");
        }

        try
        {
            if (_bodyStarted || _http.Response.HasStarted)
            {
                throw new InvalidOperationException("The response headers have been sent already.");
            }

            if (headers.GetValue(GrpcHeaders.EncodingRequest) is { } encoding)
            {
                TryCompress(encoding);
            }

            Append(headers, _http.Response.Headers, method);
            _bodyStarted = true;
            await _http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            _gate.EndWrite();
        }
    }

    /// <summary>Writes a message, and returns once it may be forgotten.</summary>
    /// <returns>False when the call has ended or its client has gone.</returns>
    public async ValueTask<bool> WriteMessageAsync<T>(T message, Action<T, SerializationContext> serializer, WriteFlags flags)
    {
        if (!_gate.TryBeginWrite())
        {
            return false;
        }

        try
        {
            var frame = _encoder.Encode(message, serializer, flags);
            _bodyStarted = true;
            if (flags.HasFlag(WriteFlags.BufferHint))
            {
                await _http.Response.StartAsync();
                _http.Response.BodyWriter.Write(frame.Span);
                return true;
            }

            var result = await _http.Response.BodyWriter.WriteAsync(frame);
            return !result.IsCanceled && !result.IsCompleted;
        }
        finally
        {
            _encoder.Release();
            _gate.EndWrite();
        }
    }

    /// <summary>Ends the response for whoever comes first; a write that waits for its client is let go.</summary>
    /// <returns>False when it has been ended before.</returns>
    public bool TryEnd(out Task idle)
    {
        if (!_gate.TryEnd(out idle))
        {
            return false;
        }

        if (!idle.IsCompleted)
        {
            // What was written stays in the pipe; only the wait for the client's window ends.
            _http.Response.BodyWriter.CancelPendingFlush();
        }

        return true;
    }

    /// <summary>Sets the trailers; before any message they are the headers of a response without a body.</summary>
    public void SetTrailers(Status status, Metadata trailers, string method)
    {
        var target = _http.Response.Headers;
        if (_bodyStarted || _http.Response.HasStarted)
        {
            target = _http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        }

        target[GrpcHeaders.Status] = ((int)status.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status.Detail.Length > 0)
        {
            target[GrpcHeaders.Message] = StatusMessage.Encode(status.Detail);
        }

        Append(trailers, target, method);
    }

    private void Append(Metadata metadata, IHeaderDictionary target, string method)
    {
        foreach (var entry in metadata)
        {
            if (GrpcHeaders.IsReserved(entry.Key))
            {
                continue;
            }

            if (MetadataCodec.TryEncode(entry, out var value))
            {
                // IHeaderDictionary.Append would drop an empty value.
                target[entry.Key] = StringValues.Concat(target[entry.Key], value);
            }
            else
            {
                GrpcServerLog.MetadataOmitted(_settings.Logger, entry.Key, method);
            }
        }
    }

    private void TryCompress(string? encoding)
    {
        if (encoding is not null && ClientAccepts(encoding) && _settings.Compression.TryFind(encoding, out var provider))
        {
            _encoder.Compression = provider;
            _http.Response.Headers[GrpcHeaders.Encoding] = encoding;
        }
    }

    private bool ClientAccepts(string encoding)
    {
        foreach (var header in _http.Request.Headers[GrpcHeaders.AcceptEncoding])
        {
            foreach (var range in header.AsSpan().Split(','))
            {
                if (header.AsSpan(range).Trim().SequenceEqual(encoding))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
