using System.Net;
using System.Net.Http.Headers;

namespace Fovea.GrpcTests.Support;

/// <summary>Sends bytes of a test's choice as the body of an HTTP/2 request, and reads the status that comes back.</summary>
internal static class RawCall
{
    /// <summary>One framed message.</summary>
    public static byte[] Frame(byte flag, uint length, params byte[] payload) =>
        [flag, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. payload];

    /// <summary>An uncompressed message with its true length.</summary>
    public static byte[] Message(params byte[] payload) => Frame(0, (uint)payload.Length, payload);

    public static async Task<RawAnswer> SendAsync(ProbeServer server, byte[] body, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(body);
        return await SendAsync(server, "Unary", content, headers);
    }

    public static async Task<RawAnswer> SendAsync(
        ProbeServer server, string method, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{server.Address}/fovea.probe.Probe/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in headers)
        {
            if (name == "content-type")
            {
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await invoker.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync();
        return new RawAnswer((int)response.StatusCode, Find(response, "grpc-status"), Find(response, "grpc-message"), body)
        {
            AcceptEncoding = Find(response, "grpc-accept-encoding"),
        };
    }

    private static string? Find(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var values) || response.Headers.TryGetValues(name, out values) ? values.Single() : null;
}
