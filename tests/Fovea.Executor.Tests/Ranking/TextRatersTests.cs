using Fovea.Executor.Ranking;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Ranking;

/// <summary>The choice of raters on tensors that can be worked out by hand.</summary>
[Collection(nameof(TensorCollection))]
public sealed class TextRatersTests
{
    [Theory]
    // Text rows a and c point to the picture, b away from it.
    [InlineData(new float[] { 2, 0, -2, 0, 2, 0 }, new[] { 0.5f, 0, 0.5f })]
    // One row alone is never above the mean of itself.
    [InlineData(new float[] { 1, 1 }, new[] { 1f })]
    // All alike.
    [InlineData(new float[] { 1, 0, 1, 0 }, new[] { 0.5f, 0.5f })]
    public void Weigh_TextRows_OnesAboveTheMeanShareTheWeight(float[] text, float[] expected)
    {
        using var scope = torch.NewDisposeScope();
        var vision = torch.tensor<float>([1, 0, 1, 0], [2, 2]);

        var weights = TextRaters.Weigh(vision, torch.tensor<float>(text, [text.Length / 2, 2]));

        Assert.Equal(expected, weights.ToSingleArray());
    }
}
