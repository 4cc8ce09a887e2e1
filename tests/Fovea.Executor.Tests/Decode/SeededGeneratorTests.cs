using Fovea.Executor.Decode;

namespace Fovea.Executor.Tests.Decode;

public sealed class SeededGeneratorTests
{
    [Theory]
    [InlineData(0UL, 0x99ec5f36cb75f2b4UL, 0xbf6e1f784956452aUL, 0x1a5f849d4933e6e0UL, 0x6aa594f1262d2d2cUL)]
    [InlineData(42UL, 0x15780b2e0c2ec716UL, 0x6104d9866d113a7eUL, 0xae17533239e499a1UL, 0xecb8ad4703b360a1UL)]
    public void NextBits_Seed_GivesThePublishedSequence(ulong seed, ulong first, ulong second, ulong third, ulong fourth)
    {
        var generator = new SeededGenerator(seed);

        Assert.Equal([first, second, third, fourth], Enumerable.Range(0, 4).Select(_ => generator.NextBits()));
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniform()
    {
        var generator = new SeededGenerator(1);

        var draws = Enumerable.Range(0, 100_000).Select(_ => generator.NextDouble()).ToList();

        Assert.All(draws, draw => Assert.InRange(draw, 0, Math.BitDecrement(1)));
        Assert.Equal(0.5, draws.Average(), 0.005);
    }
}
