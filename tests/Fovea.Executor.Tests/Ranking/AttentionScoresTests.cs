using Fovea.Executor.Ranking;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Ranking;

/// <summary>Scores on tensors that can be worked out by hand.</summary>
[Collection(nameof(TensorCollection))]
public sealed class AttentionScoresTests
{
    // One head of size 1, queries 1, keys ln 1, ln 2, ln 3, ln 4: row 2 sees 1 2 3 of 6, row 3 sees 1 2 3 4 of 10.
    private static readonly float[] Keys = [0, MathF.Log(2), MathF.Log(3), MathF.Log(4)];

    [Fact]
    public void Of_LastTwoRows_IsTheMeanOfTheirCausalProbabilities() =>
        AssertScores(null, [(1 / 6f + 0.1f) / 2, (2 / 6f + 0.2f) / 2]);

    [Fact]
    public void Of_WeighedRows_IsTheirWeighedMean() =>
        AssertScores([0.25f, 0.75f], [(0.25f / 6) + 0.075f, (0.5f / 6) + 0.15f]);

    private static void AssertScores(float[]? weights, float[] expected)
    {
        using var scope = torch.NewDisposeScope();
        var queries = torch.ones([4, 1, 1]);
        var keys = torch.tensor<float>(Keys, [1, 4, 1]);
        var vision = torch.tensor<long>([0, 1], [2]);
        var weighed = new RowWeights(weights is null ? null : torch.tensor<float>(weights, [2]), null);

        var whole = AttentionScores.Of(queries, keys, 2, vision, weighed).ToSingleArray();
        var lastRowsOnly = AttentionScores.Of(queries.narrow(0, 2, 2), keys, 2, vision, weighed).ToSingleArray();

        Assert.Equal(expected[0], whole[0], 1e-6f);
        Assert.Equal(expected[1], whole[1], 1e-6f);
        Assert.Equal(whole, lastRowsOnly);
    }
}
