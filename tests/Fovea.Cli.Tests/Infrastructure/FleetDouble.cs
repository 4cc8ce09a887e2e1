using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Says that the demo model is served at some addresses.</summary>
internal sealed class FleetDouble : FleetService.FleetServiceBase
{
    public const int Layers = 12;
    public const int VisionTokens = 256;

    private readonly ListExecutorsResponse _answer = new() { Epoch = "e", Revision = 1 };

    public FleetDouble(params string[] addresses)
    {
        for (var index = 0; index < addresses.Length; index++)
        {
            _answer.Executors.Add(new ExecutorStatus { ExecutorId = $"exec-{index + 1}", Address = addresses[index], Connected = true, Model = Model() });
        }
    }

    public IList<ExecutorStatus> Executors => _answer.Executors;

    public static ModelProfile Model(string name = "demo") => new()
    {
        Name = name,
        Revision = "r1",
        Language = new LanguageShape { Layers = Layers, HiddenSize = 192, Heads = 6, KvHeads = 6, HeadDim = 32, FfnSize = 512, VocabSize = 832 },
        Vision = new VisionShape
        {
            Layers = 6,
            HiddenSize = 192,
            FfnSize = 768,
            EncoderTokensPerTile = 257,
            VisionTokensPerTile = VisionTokens,
            Heads = 6,
            PatchValues = 768,
            LayersRun = 5,
        },
        Projector = new ProjectorShape { InputSize = 192, HiddenSize = 192, OutputSize = 192 },
        KvBytesPerElement = 4,
        ContextTokens = 2048,
    };

    public override Task<ListExecutorsResponse> ListExecutors(ListExecutorsRequest request, ServerCallContext context) => Task.FromResult(_answer);
}
