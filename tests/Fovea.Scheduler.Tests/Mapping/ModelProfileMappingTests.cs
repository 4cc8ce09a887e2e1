using Fovea.Contracts.Mapping;
using Fovea.Planning.Policies;
using Fovea.Planning.Shapes;

namespace Fovea.Scheduler.Tests.Mapping;

public sealed class ModelProfileMappingTests
{
    [Theory]
    [InlineData("llava-1.5-7b")]
    [InlineData("internvl2-2b")]
    [InlineData("internvl2-26b")]
    [InlineData("qwen2-vl-7b")]
    public void ToDomain_OfToProto_IsTheSameProfile(string shape)
    {
        var profile = new ModelProfile(shape, "rev", KnownShapes.Get(shape), 4096);

        var mapped = ModelProfileMapping.ToDomain(ModelProfileMapping.ToProto(profile));

        Assert.Equal(profile, mapped.Require());
    }

    [Fact]
    public void ToDomain_EverySizeBad_NamesEveryField()
    {
        var message = new Contracts.V1.ModelProfile
        {
            Name = "no good",
            KvBytesPerElement = 9,
            ContextTokens = -1,
            Language = new Contracts.V1.LanguageShape { Layers = 5000 },
            Vision = new Contracts.V1.VisionShape { LayersRun = 9, FfnMatrices = 4, PatchValues = -1 },
            Projector = new Contracts.V1.ProjectorShape(),
        };

        var faults = ModelProfileMapping.ToAnnounced(message).Faults;

        string[] expected =
        [
            "name", "kvBytesPerElement", "contextTokens", "language.layers", "language.hiddenSize", "language.heads", "language.kvHeads",
            "language.headDim", "language.ffnSize", "language.vocabSize", "vision.layers", "vision.layersRun", "vision.hiddenSize",
            "vision.ffnSize", "vision.ffnMatrices", "vision.encoderTokensPerTile", "vision.visionTokensPerTile", "vision.patchValues",
            "projector.inputSize", "projector.hiddenSize", "projector.outputSize", "revision",
        ];
        Assert.Equal(expected, faults.Select(fault => fault.Field));
    }
}
