using System.Collections.Immutable;
using System.Diagnostics;
using Fovea.Executor.Cache;
using Fovea.Executor.Dropping;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Ranking;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>
/// Runs a prompt through the decoder and keeps, layer by layer, the vision tokens that the plan allows.
/// <code>
///            rows (1)
///              |
///   +--> layer l begins (2) -- plan drops here? --> rank by the scores of layer l-1 (3) --> drop (4) --+
///   |                                                                                                  |
///   |    layer l runs, its tap scores vision tokens if the plan drops before l+1 (5)  &lt;--------------+
///   +---------- KV length == plan + text (6)
///              |
///            head (7)
/// </code>
/// </summary>
/// <remarks>The sort-and-reduce operator of papers.md A.3. Nothing in the loop waits for the device or copies to the host.</remarks>
internal sealed class PrefillRunner
{
    private readonly ILanguageModel _model;

    /// <summary>Runs prompts through <paramref name="model"/>.</summary>
    public PrefillRunner(ILanguageModel model)
    {
        _model = model;
    }

    /// <summary>Runs one prompt and fills its cache.</summary>
    /// <param name="input">The prompt and its plan.</param>
    /// <param name="cache">Empty, allocated for the plan.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <exception cref="ArgumentException">Plan and prompt do not fit each other or the model.</exception>
    public PrefillResult Run(PrefillInput input, KvCache cache, CancellationToken cancellationToken)
    {
        PrefillGuard.Require(input, _model.Shape);
        using var scope = torch.NewDisposeScope();
        var rows = PromptRows.Of(input, _model.Device); // (1)
        var applied = ImmutableArray.CreateBuilder<int>(_model.Shape.Layers);
        var kept = new SortedDictionary<int, Tensor>();
        Tensor? scores = null;
        var ranking = TimeSpan.Zero;
        for (var layer = 0; layer < _model.Shape.Layers; layer++)
        {
            cancellationToken.ThrowIfCancellationRequested(); // (2)
            if (input.Plan.DropsBefore(layer))
            {
                var begun = Stopwatch.GetTimestamp();
                rows = Reduce(rows, scores, input.Plan.Counts[layer]);
                kept[layer] = rows.VisionIds;
                ranking += Stopwatch.GetElapsedTime(begun);
            }

            (rows, var tap) = RunLayer(layer, rows, input, cache[layer]);
            scores = tap?.Take();
            ranking += tap?.Elapsed ?? TimeSpan.Zero;
            applied.Add((int)rows.VisionIndex.shape[0]);
            RequireLength(layer, input, cache[layer]); // (6)
        }

        var last = input.AllLogits ? rows.Hidden : rows.Hidden.narrow(0, rows.Hidden.shape[0] - 1, 1);
        var logits = _model.Head(last).MoveToOuterDisposeScope(); // (7)
        return new PrefillResult(logits, applied.MoveToImmutable(), Report(input, kept)) { Ranking = ranking };
    }

    private static TokenRows Reduce(TokenRows rows, Tensor? scores, int count)
    {
        using var scope = torch.NewDisposeScope();
        var best = scores is null ? rows.VisionIds.narrow(0, 0, 0) : VisionRanker.Best(scores, count); // (3)
        var reduced = TokenDropper.Drop(rows, best); // (4)
        MoveOut(reduced);
        rows.Hidden.Dispose();
        return reduced;
    }

    private static void MoveOut(TokenRows rows)
    {
        rows.Hidden.MoveToOuterDisposeScope();
        rows.Positions.MoveToOuterDisposeScope();
        rows.TextIndex.MoveToOuterDisposeScope();
        rows.VisionIndex.MoveToOuterDisposeScope();
        rows.VisionIds.MoveToOuterDisposeScope();
    }

    private static void RequireLength(int layer, PrefillInput input, LayerCache cache)
    {
        var planned = input.Plan.Counts[layer] + (int)input.Embeddings.shape[0] - input.VisionTokens;
        if (cache.Length != planned)
        {
            throw new InvalidOperationException($"Layer {layer} holds {cache.Length} rows of KV where plan and text make {planned}.");
        }
    }

    private static ImmutableSortedDictionary<int, ImmutableArray<int>> Report(PrefillInput input, SortedDictionary<int, Tensor> kept) =>
        !input.ReportKept
            ? ImmutableSortedDictionary<int, ImmutableArray<int>>.Empty
            : kept.ToImmutableSortedDictionary(
                pair => pair.Key,
                pair => pair.Value.ToInt64Array().Select(id => (int)id).ToImmutableArray());

    private (TokenRows Rows, ScoringTap? Tap) RunLayer(int layer, TokenRows rows, PrefillInput input, LayerCache cache)
    {
        using var scope = torch.NewDisposeScope();
        var tap = Ranks(input.Plan, layer + 1) ? new ScoringTap(QueryRows(input), rows.VisionIndex) : null; // (5)
        var positions = input.Renumbers
            ? _model.Rotary.Range(0, (int)rows.Hidden.shape[0])
            : _model.Rotary.At(rows.Positions);
        var hidden = _model.RunLayer(layer, rows.Hidden, positions, cache, tap).MoveToOuterDisposeScope(); // [S, C]
        rows.Hidden.Dispose();
        return (rows with { Hidden = hidden }, tap);
    }

    // A drop to no vision tokens needs no order.
    private static bool Ranks(KeepPlan plan, int layer) => layer < plan.Counts.Length && plan.DropsBefore(layer) && plan.Counts[layer] > 0;

    private static int QueryRows(PrefillInput input) =>
        input.Plan.Scorer == TokenScorer.Instruction ? Math.Max(1, input.InstructionTokens) : 1;
}
