using Fovea.Executor.Dropping;
using Fovea.Executor.Ranking;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Lays a prompt out as rows before the first layer.</summary>
internal static class PromptRows
{
    /// <summary>Builds the rows; position ids are the prompt's own, or count 0, 1, 2, ... over the whole prompt.</summary>
    /// <returns>Owned rows. Hidden states are a copy, so the embeddings stay their owner's.</returns>
    public static TokenRows Of(PrefillInput input, Device device)
    {
        using var scope = torch.NewDisposeScope();
        var length = (int)input.Embeddings.shape[0];
        var vision = input.VisionSpans.SelectMany(span => Enumerable.Range(span.Start, span.Length)).Select(row => (long)row).ToArray();
        var isVision = new bool[length];
        foreach (var row in vision)
        {
            isVision[row] = true;
        }

        var text = Enumerable.Range(0, length).Where(row => !isVision[row]).Select(row => (long)row).ToArray();
        return new TokenRows
        {
            Hidden = input.Embeddings.clone().MoveToOuterDisposeScope(),
            Positions = Positions(input, length, device).MoveToOuterDisposeScope(),
            TextIndex = Index(text, device),
            VisionIndex = Index(vision, device),
            VisionIds = torch.arange(0, vision.Length, 1, ScalarType.Int64, device).MoveToOuterDisposeScope(),
            VisionOrder = input.Plan.Scorer == TokenScorer.Coverage ? Index(ZOrder.Of(Grids(input)), device) : null,
        };
    }

    private static IEnumerable<PatchGrid> Grids(PrefillInput input) =>
        input.VisionGrids.IsEmpty ? input.VisionSpans.Select(span => new PatchGrid(1, 1, span.Length)) : input.VisionGrids;

    private static Tensor Positions(PrefillInput input, int length, Device device) => input.Positions is { } given
        ? torch.tensor<long>(given.Values, [length, PromptPositions.Axes]).to(device) // [S, 3]
        : torch.arange(0, length, 1, ScalarType.Int64, device); // [S]

    private static Tensor Index(long[] rows, Device device) =>
        torch.tensor<long>(rows, [rows.Length]).to(device).MoveToOuterDisposeScope();
}
