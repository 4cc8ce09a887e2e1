using Fovea.Executor.Dropping;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Ranking;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Chooses which vision tokens of a prompt survive a drop, by the scorer of its plan.</summary>
internal sealed class DropRanking
{
    private readonly ILanguageModel _model;
    private readonly KeepPlan _plan;
    private readonly int _queryRows;

    /// <summary>Ranks by a plan.</summary>
    /// <param name="model">Runs the prompt.</param>
    /// <param name="plan">Names the scorer.</param>
    /// <param name="instructionRows">Text tokens after the last vision token.</param>
    public DropRanking(ILanguageModel model, KeepPlan plan, int instructionRows)
    {
        _model = model;
        _plan = plan;
        _queryRows = QueryRows(plan.Scorer, instructionRows);
    }

    /// <summary>Whether scores are read from the attention of the layer before a drop.</summary>
    public bool ReadsAttention => _plan.Scorer is TokenScorer.Instruction or TokenScorer.Last or TokenScorer.Raters or TokenScorer.Coverage;

    /// <summary>Returns how many rows at the end of a prompt a scorer asks.</summary>
    public static int QueryRows(TokenScorer scorer, int instructionRows) => scorer switch
    {
        TokenScorer.Instruction or TokenScorer.Raters or TokenScorer.Coverage => Math.Max(1, instructionRows),
        TokenScorer.Random => 0,
        _ => 1,
    };

    /// <summary>Returns whether tokens are dropped before a layer; what comes before layer 0 is pooling.</summary>
    public bool DropsBefore(int layer) => layer > 0 && layer < _plan.Layers && _plan.Counts[layer] < _plan.Counts[layer - 1];

    /// <summary>Makes the tap of a layer: if a drop follows that it must score, or if its scores are wanted anyway.</summary>
    /// <param name="layer">The layer that is about to run.</param>
    /// <param name="rows">Borrowed rows that enter it.</param>
    /// <param name="raters">Borrowed weights of the asking rows, or null.</param>
    /// <param name="wanted">Whether scores are wanted even without a drop.</param>
    public ScoringTap? Tap(int layer, TokenRows rows, Tensor? raters, bool wanted)
    {
        // A drop to no vision tokens needs no order.
        var ranks = DropsBefore(layer + 1) && _plan.Counts[layer + 1] > 0;
        return ReadsAttention && rows.VisionCount > 0 && (ranks || wanted) ? new ScoringTap(_queryRows, rows.VisionIndex, raters) : null;
    }

    /// <summary>Picks the survivors.</summary>
    /// <param name="layer">The layer before which tokens are dropped.</param>
    /// <param name="rows">Borrowed rows that would enter it.</param>
    /// <param name="scores">Borrowed scores of the layer before [V]; null where the scorer reads none.</param>
    /// <param name="angles">Angles of the rows.</param>
    public Survivors Pick(int layer, TokenRows rows, Tensor? scores, RotaryAngles angles)
    {
        var count = _plan.Counts[layer];
        if (count == 0)
        {
            return new Survivors(rows.VisionIds.narrow(0, 0, 0), null);
        }

        if (_plan.Scope == BudgetScope.PerImage)
        {
            return ImageRanking.Pick(_plan, layer, rows, Scores(layer, rows, scores, angles));
        }

        return _plan.Scorer == TokenScorer.Coverage
            ? ImageCover.Pick(Require(scores, layer), rows.VisionOrder!, Weights(rows), count)
            : new Survivors(Best(layer, rows, scores, angles), null);
    }

    private static Tensor Require(Tensor? scores, int layer) =>
        scores ?? throw new InvalidOperationException($"Nothing has scored the tokens before layer {layer}.");

    /// <summary>Returns how many tokens each vision token stands for: owned float32 [V].</summary>
    internal static Tensor Weights(TokenRows rows) => rows.LogWeights is { } weights
        ? weights.index_select(0, rows.VisionIndex).exp()
        : torch.ones([rows.VisionCount], ScalarType.Float32, rows.Hidden.device);

    private Tensor Best(int layer, TokenRows rows, Tensor? scores, RotaryAngles angles)
    {
        var count = _plan.Counts[layer];
        return _plan.Scorer switch
        {
            TokenScorer.Random => RandomOrder.Pick(_plan.Seed, layer, rows.VisionCount, count, _model.Device),
            TokenScorer.NextLast => VisionRanker.Best(AskNext(layer, rows, angles), count),
            _ => VisionRanker.Best(Require(scores, layer), count),
        };
    }

    private Tensor? Scores(int layer, TokenRows rows, Tensor? scores, RotaryAngles angles) => _plan.Scorer switch
    {
        TokenScorer.Random => null,
        TokenScorer.NextLast => AskNext(layer, rows, angles),
        _ => Require(scores, layer),
    };

    private Tensor AskNext(int layer, TokenRows rows, RotaryAngles angles)
    {
        var (queries, keys) = _model.ProjectQueriesKeys(layer, rows.Hidden, angles, _queryRows);
        return AttentionScores.Of(queries, keys, _queryRows, rows.VisionIndex); // [V]
    }
}
