using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Answers every request with a given text, in two parts, and remembers what was asked.</summary>
internal sealed class ScriptedInference : InferenceService.InferenceServiceBase
{
    private readonly Func<GenerateRequest, string> _answer;

    public ScriptedInference(Func<GenerateRequest, string> answer) => _answer = answer;

    public List<GenerateRequest> Requests { get; } = [];

    public List<Metadata> Headers { get; } = [];

    /// <summary>Gets or sets what ends the call before its end.</summary>
    public Status? Failure { get; set; }

    public override async Task Generate(GenerateRequest request, IServerStreamWriter<GenerateEvent> responseStream, ServerCallContext context)
    {
        lock (Requests)
        {
            Requests.Add(request);
            Headers.Add(context.RequestHeaders);
        }

        var text = _answer(request);
        await responseStream.WriteAsync(new GenerateEvent { Admitted = new Admitted { ExecutorId = "exec-1", Plan = new KeepPlan { Digest = Digest } } });
        await responseStream.WriteAsync(new GenerateEvent { Delta = new Delta { Text = text[..1] } });
        if (Failure is { } failure)
        {
            throw new RpcException(failure);
        }

        await responseStream.WriteAsync(new GenerateEvent { Delta = new Delta { Text = text[1..] } });
        await responseStream.WriteAsync(new GenerateEvent { Done = Done(text, request) });
    }

    public static string Digest { get; } = new('a', 64);

    private static Done Done(string text, GenerateRequest request)
    {
        var done = new Done
        {
            Text = text,
            PlanDigest = Digest,
            Revision = 3,
            PrefillFlops = 2e9,
            FullPrefillFlops = 4e9,
            AppliedCounts = { 4, 4, 2, 1 },
            Usage = new Usage { VisionTokens = 4, PromptTokens = 9, CompletionTokens = 1 },
            Times = new StageTimes { PrefillSeconds = 0.01 },
        };
        if (request.ReportKept)
        {
            done.Kept.Add(new KeptTokens { Layer = 2, Indices = { 0, 3 } });
            done.Kept.Add(new KeptTokens { Layer = 3, Indices = { 3 } });
        }

        return done;
    }
}
