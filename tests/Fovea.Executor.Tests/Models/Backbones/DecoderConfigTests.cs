using Fovea.Executor.Models.Backbones;

namespace Fovea.Executor.Tests.Models.Backbones;

public sealed class DecoderConfigTests
{
    [Fact]
    public void InverseFrequencies_NoScaling_FollowTheta()
    {
        var frequencies = Config(null).InverseFrequencies();

        Assert.Equal([1f, 0.1f, 0.01f, 0.001f], frequencies);
    }

    [Fact]
    public void InverseFrequencies_Linear_AreDivided()
    {
        var frequencies = Config(new RopeScaling.Linear(4)).InverseFrequencies();

        Assert.Equal([0.25f, 0.025f, 0.0025f, 0.00025f], frequencies);
    }

    [Fact]
    public void InverseFrequencies_Llama3_KeepsShortDividesLongBlendsBetween()
    {
        // Wavelengths 6.3, 62.8, 628, 6283 against an original context of 1000: short below 250, long above 1000.
        var frequencies = Config(new RopeScaling.Llama3(8, 1, 4, 1000)).InverseFrequencies();

        var smooth = ((1000 / (2 * Math.PI / 0.01)) - 1) / 3;
        Assert.Equal(1f, frequencies[0]);
        Assert.Equal(0.1f, frequencies[1]);
        Assert.Equal((float)(((1 - smooth) * 0.01 / 8) + (smooth * 0.01)), frequencies[2], 1e-8f);
        Assert.Equal(0.001f / 8, frequencies[3], 1e-9f);
    }

    private static DecoderConfig Config(RopeScaling? scaling) => new()
    {
        HiddenSize = 8,
        Layers = 1,
        Heads = 1,
        KeyValueHeads = 1,
        HeadSize = 8,
        FeedForwardSize = 8,
        VocabularySize = 8,
        RmsNormEpsilon = 1e-5,
        RopeTheta = 10000,
        RopeScaling = scaling,
        MaxPositions = 8,
    };
}
