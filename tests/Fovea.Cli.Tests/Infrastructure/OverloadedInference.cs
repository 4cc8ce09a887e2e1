using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Is an executor that answers by tiers and refuses every third request with a push-back.</summary>
internal sealed class OverloadedInference : InferenceService.InferenceServiceBase
{
    private readonly string _id;
    private int _asked = -1;

    public OverloadedInference(string id) => _id = id;

    public override async Task Generate(GenerateRequest request, IServerStreamWriter<GenerateEvent> responseStream, ServerCallContext context)
    {
        var number = Interlocked.Increment(ref _asked);
        if (number % 3 == 2)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "full"), new Metadata { { "grpc-retry-pushback-ms", "1500" } });
        }

        await responseStream.WriteAsync(new GenerateEvent { Admitted = new Admitted { ExecutorId = _id } });
        await responseStream.WriteAsync(new GenerateEvent { Delta = new Delta { Text = "a" } });
        await responseStream.WriteAsync(new GenerateEvent
        {
            Done = new Done
            {
                Text = "a",
                OverloadTier = number % 3,
                PrefillFlops = 1e9,
                FullPrefillFlops = 2e9,
                AppliedCounts = { 8, 4 },
                Usage = new Usage { VisionTokens = 8 },
            },
        });
    }
}
