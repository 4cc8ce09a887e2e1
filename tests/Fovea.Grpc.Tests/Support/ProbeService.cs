using Fovea.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.GrpcTests.Support;

/// <summary>Does what a call asks for, and records what happened to it.</summary>
internal sealed class ProbeService : Probe.ProbeBase
{
    private readonly ProbeLog _log;

    public ProbeService(ProbeLog log)
    {
        _log = log;
    }

    public override async Task<Answer> Unary(Ask request, ServerCallContext context)
    {
        using var call = _log.Enter(context);
        await ActAsync(request, context);
        return Make(request, 0);
    }

    public override async Task<Answer> ClientStream(IAsyncStreamReader<Ask> requestStream, ServerCallContext context)
    {
        using var call = _log.Enter(context);
        var texts = new List<string>();
        var bytes = 0;
        await foreach (var ask in requestStream.ReadAllAsync())
        {
            texts.Add(ask.Text);
            bytes += ask.Payload.Length;
            _log.Received();
            await ActAsync(ask, context);
            if (ask.Act == "answer-early")
            {
                break;
            }
        }

        return new Answer { Text = string.Join(",", texts), Index = bytes };
    }

    public override async Task ServerStream(Ask request, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
    {
        using var call = _log.Enter(context);
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(Make(request, i));
            _log.Sent();
        }

        await ActAsync(request, context);
    }

    public override async Task Duplex(
        IAsyncStreamReader<Ask> requestStream, IServerStreamWriter<Answer> responseStream, ServerCallContext context)
    {
        using var call = _log.Enter(context);
        while (await requestStream.MoveNext(default))
        {
            var ask = requestStream.Current;
            _log.Received();
            await ActAsync(ask, context);
            for (var i = 0; i < Math.Max(1, ask.Count); i++)
            {
                await responseStream.WriteAsync(Make(ask, i));
                _log.Sent();
            }

            if (ask.Act == "answer-early")
            {
                break;
            }
        }
    }

    private static Answer Make(Ask ask, int index) => new()
    {
        Text = ask.Text,
        Payload = ask.AnswerBytes > 0 ? ByteString.CopyFrom(new byte[ask.AnswerBytes]) : ask.Payload,
        Index = index,
    };

    private async Task ActAsync(Ask ask, ServerCallContext context)
    {
        switch (ask.Act)
        {
            case "hang":
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                break;
            case "hang-deaf":
                await _log.Released;
                break;
            case "throw":
                throw new InvalidTimeZoneException("a secret of the handler");
            case "echo-metadata":
                await EchoMetadataAsync(context);
                break;
            case "set-status":
                context.ResponseTrailers.Add("set-by", "handler");
                context.Status = new Status((StatusCode)ask.Status, ask.StatusDetail);
                return;
            case "duplicate-trailers":
                context.ResponseTrailers.Add("twice", "one");
                context.ResponseTrailers.Add("twice", "two");
                break;
            case "http-context":
                context.ResponseTrailers.Add("protocol", context.GetHttpContext().Request.Protocol);
                break;
        }

        if (ask.Status != 0)
        {
            var trailers = new Metadata { { "why", "asked" }, { "grpc-status-details-bin", new byte[] { 8, 3, 18, 1, 120 } } };
            throw new RpcException(new Status((StatusCode)ask.Status, ask.StatusDetail), trailers);
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("echo-", StringComparison.Ordinal)))
        {
            headers.Add(entry);
            context.ResponseTrailers.Add(entry);
        }

        await context.WriteResponseHeadersAsync(headers);
    }
}
