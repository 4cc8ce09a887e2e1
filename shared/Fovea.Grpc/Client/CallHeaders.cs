using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Writes the headers of requests and reads those of responses.</summary>
internal static class CallHeaders
{
    private static readonly string UserAgent = "grpc-fovea/" + typeof(CallHeaders).Assembly.GetName().Version!.ToString(3);

    /// <summary>Adds the protocol's own headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">The time that is left, or null without a deadline.</param>
    /// <param name="encoding">The algorithm of compressed messages, or null.</param>
    /// <param name="acceptEncoding">The algorithms that can be decompressed.</param>
    public static void AddProtocol(HttpRequestMessage request, TimeSpan? timeout, string? encoding, string acceptEncoding)
    {
        var headers = request.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", UserAgent);
        headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, acceptEncoding);
        if (timeout is { } time)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcTimeout.Encode(time));
        }

        if (encoding is not null)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Encoding, encoding);
        }
    }

    /// <summary>Adds metadata; entries under the protocol's own names are left out.</summary>
    /// <exception cref="RpcException">INTERNAL when a text has a character that no header may carry.</exception>
    public static void AddMetadata(HttpRequestMessage request, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (GrpcHeaders.IsReserved(entry.Key))
            {
                continue;
            }

            if (!MetadataCodec.TryEncode(entry, out var value))
            {
                throw new RpcException(new Status(
                    StatusCode.Internal, $"The metadata entry \"{entry.Key}\" has a character outside the printable ASCII range."));
            }

            Add(request, entry, value);
        }
    }

    /// <summary>Reads all metadata of a response's headers.</summary>
    public static Metadata ReadHeaders(HttpResponseMessage response)
    {
        var metadata = new Metadata();
        Read(response.Headers, metadata);
        Read(response.Content.Headers, metadata);
        return metadata;
    }

    /// <summary>Reads all metadata of trailers.</summary>
    public static Metadata ReadTrailers(HttpHeaders trailers)
    {
        var metadata = new Metadata();
        Read(trailers, metadata);
        return metadata;
    }

    /// <summary>Reads the status of trailers, or of headers that stand for them.</summary>
    /// <returns>False when there is no status.</returns>
    public static bool TryReadStatus(HttpHeaders headers, out Status status)
    {
        status = default;
        if (!TryGet(headers, GrpcHeaders.Status, out var code))
        {
            return false;
        }

        var detail = TryGet(headers, GrpcHeaders.Message, out var message) ? StatusMessage.Decode(message) : "";
        status = int.TryParse(code, out var number)
            ? new Status(number is >= 0 and <= (int)StatusCode.Unauthenticated ? (StatusCode)number : StatusCode.Unknown, detail)
            : new Status(StatusCode.Unknown, $"The server sent the grpc-status \"{code}\", which is no number.");
        return true;
    }

    /// <summary>Reads the last value of a header.</summary>
    public static bool TryGet(HttpHeaders headers, string name, out string value)
    {
        value = "";
        if (!headers.NonValidated.TryGetValues(name, out var values))
        {
            return false;
        }

        foreach (var candidate in values)
        {
            value = candidate;
        }

        return true;
    }

    private static void Add(HttpRequestMessage request, Metadata.Entry entry, string value)
    {
        // The HTTP stack joins fields of one name by a comma and a space, which not every peer takes in base64.
        if (entry.IsBinary && TryGet(request.Headers, entry.Key, out var before))
        {
            request.Headers.Remove(entry.Key);
            value = before + "," + value;
        }

        if (!request.Headers.TryAddWithoutValidation(entry.Key, value))
        {
            request.Content!.Headers.TryAddWithoutValidation(entry.Key, value);
        }
    }

    private static void Read(HttpHeaders headers, Metadata metadata)
    {
        foreach (var (name, values) in headers.NonValidated)
        {
            if (GrpcHeaders.IsReserved(name))
            {
                continue;
            }

            foreach (var value in values)
            {
                MetadataCodec.Decode(name, value, metadata);
            }
        }
    }
}
