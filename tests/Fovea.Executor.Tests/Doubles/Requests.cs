using Fovea.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Makes requests and reads answers.</summary>
internal static class Requests
{
    public static ByteString Photo { get; } =
        ByteString.CopyFrom(File.ReadAllBytes(Path.Combine(FixtureFiles.Root, "models", "demo", "eval", "images", "0000.jpg")));

    /// <summary>A good request; <paramref name="change"/> may spoil it.</summary>
    public static GenerateRequest Ask(Action<GenerateRequest>? change = null)
    {
        var message = new ChatMessage { Role = "user" };
        message.Parts.Add(new ContentPart { Image = new Image { Data = Photo } });
        message.Parts.Add(new ContentPart { Text = "What color is the tile left of the crown?" });
        var request = new GenerateRequest { RequestId = "r1", Sampling = new Sampling { MaxTokens = 8 } };
        request.Messages.Add(message);
        change?.Invoke(request);
        return request;
    }

    public static async Task<List<GenerateEvent>> ReadAsync(this AsyncServerStreamingCall<GenerateEvent> call)
    {
        var events = new List<GenerateEvent>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync())
        {
            events.Add(call.ResponseStream.Current);
        }

        return events;
    }

    public static async Task<List<GenerateEvent>> AnswerAsync(this TestExecutor executor, GenerateRequest? request = null)
    {
        using var call = executor.Client.Generate(request ?? Ask());
        return await call.ReadAsync();
    }

    public static async Task<RpcException> RefusedAsync(this TestExecutor executor, GenerateRequest request, CallOptions options = default)
    {
        using var call = executor.Client.Generate(request, options);
        return await Assert.ThrowsAsync<RpcException>(call.ReadAsync);
    }
}
