using Fovea.Planning.Shapes;

namespace Fovea.Planning.Tests.Shapes;

public sealed class KnownShapesTests
{
    [Fact]
    public void Names_All_AreThePublishedModels()
    {
        string[] expected = ["internvl2-1b", "internvl2-26b", "internvl2-2b", "internvl2-4b", "internvl2-8b", "llava-1.5-13b", "llava-1.5-7b", "qwen2-vl-7b"];

        Assert.Equal(expected, KnownShapes.Names);
    }

    [Fact]
    public void TryGet_OtherCase_FindsTheShape()
    {
        Assert.True(KnownShapes.TryGet("LLaVA-1.5-7B", out var shape));
        Assert.Equal("llava-1.5-7b", shape.Name);
    }

    [Fact]
    public void Get_UnknownName_NamesItAndTheKnownOnes()
    {
        var exception = Assert.Throws<ArgumentException>(() => KnownShapes.Get("gpt"));

        Assert.Contains("'gpt'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("qwen2-vl-7b", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llava-1.5-7b", 32, 4096, 11008, 4096)]
    [InlineData("internvl2-1b", 24, 896, 4864, 128)]
    [InlineData("internvl2-2b", 24, 2048, 8192, 1024)]
    [InlineData("internvl2-4b", 32, 3072, 8192, 3072)]
    [InlineData("internvl2-8b", 32, 4096, 14336, 1024)]
    public void Get_MeasuredModel_HasThePublishedSizes(string name, int layers, int hidden, int ffn, int kv)
    {
        var language = KnownShapes.Get(name).Language;

        Assert.Equal((layers, hidden, ffn, kv), (language.Layers, language.HiddenSize, language.FfnSize, language.KvSize));
        Assert.Equal(language.HiddenSize, language.QuerySize);
    }
}
