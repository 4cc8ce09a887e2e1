using Fovea.Executor.Dropping;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Dropping;

/// <summary>Squares of neighbours on tensors that can be worked out by hand.</summary>
[Collection(nameof(TensorCollection))]
public sealed class VisionPoolerTests
{
    [Fact]
    public void Pool_TwoImagesWithPartialSquares_AveragesWhatIsThereAndCountsAnew()
    {
        using var scope = torch.NewDisposeScope();
        // t, a 3 x 3 grid of 0..8, t t, a 2 x 2 grid of 10 20 30 40, t
        float[] values = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, -2, -3, 10, 20, 30, 40, -4];
        var rows = Rows(values, [0, 10, 11, 16], [.. Enumerable.Range(1, 9), .. Enumerable.Range(12, 4)]);
        VisionSpan[] spans = [new(1, 9), new(12, 4)];

        var pooled = VisionPooler.Pool(rows, [.. spans], 2);

        Assert.Equal([-1, 2, 3.5f, 6.5f, 8, -2, -3, 25, -4], pooled.Hidden.ToSingleArray());
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], pooled.Positions.ToInt64Array());
        Assert.Equal([0, 5, 6, 8], pooled.TextIndex.ToInt64Array());
        Assert.Equal([1, 2, 3, 4, 7], pooled.VisionIndex.ToInt64Array());
        Assert.Equal([0, 2, 6, 8, 9], pooled.VisionIds.ToInt64Array());
        Assert.Equal(5, VisionPooler.Count([.. spans], 2));
    }

    [Theory]
    [InlineData(9, 3)]
    [InlineData(576, 24)]
    [InlineData(10, 0)]
    public void GridOf_Span_IsItsSideOrNone(int length, int expected) => Assert.Equal(expected, VisionPooler.GridOf(new VisionSpan(3, length)));

    private static TokenRows Rows(float[] values, int[] text, int[] vision) => new()
    {
        Hidden = torch.tensor<float>(values, [values.Length, 1]),
        Positions = torch.arange(values.Length),
        TextIndex = Index(text),
        VisionIndex = Index(vision),
        VisionIds = torch.arange(vision.Length),
    };

    private static Tensor Index(int[] rows) => torch.tensor<long>(Array.ConvertAll(rows, row => (long)row), [rows.Length]);
}
