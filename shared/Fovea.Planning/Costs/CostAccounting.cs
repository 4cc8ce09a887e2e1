namespace Fovea.Planning.Costs;

/// <summary>Names the rule by which floating-point operations are counted; both count two per multiply-add.</summary>
public enum CostAccounting
{
    /// <summary>
    /// As the published tables do: vision encoder without its attention matrices, non-causal attention, output matrix on
    /// every token left, no ranking.
    /// </summary>
    Paper,

    /// <summary>
    /// What the executor computes: only the vision layers that are run, with their attention, causal attention, output
    /// matrix on the last position, and the ranking rows.
    /// </summary>
    Executed,
}
