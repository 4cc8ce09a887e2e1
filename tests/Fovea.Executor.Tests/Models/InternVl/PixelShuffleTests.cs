using Fovea.Executor.Models.InternVl;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Models.InternVl;

[Collection(nameof(TensorCollection))]
public sealed class PixelShuffleTests
{
    [Theory]
    [InlineData(false, new[] { 0f, 1, 4, 5 }, new[] { 2f, 3, 6, 7 }, new[] { 8f, 9, 12, 13 })]
    [InlineData(true, new[] { 0f, 1, 4, 5 }, new[] { 8f, 9, 12, 13 }, new[] { 2f, 3, 6, 7 })]
    public void Merge_FourByFour_GivesTheWorkedExample(bool transposed, float[] first, float[] second, float[] third)
    {
        using var scope = torch.NewDisposeScope();
        var patches = torch.arange(0, 16, 1, ScalarType.Int64).to(ScalarType.Float32).view([16, 1]);

        var merged = PixelShuffle.Merge(patches, 2, transposed);

        Assert.Equal([4L, 4], merged.shape.ToArray());
        var rows = merged.ToSingleArray().Chunk(4).ToArray();
        Assert.Equal([first, second, third], rows[..3]);
    }
}
