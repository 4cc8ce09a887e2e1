using Fovea.Planning.Shapes;

namespace Fovea.Planning.Costs;

/// <summary>Counts the operations before the language model.</summary>
internal static class VisionCost
{
    /// <summary>Returns the FLOPs of the vision encoder; the number of tiles follows from the vision tokens.</summary>
    public static double Encoder(VisionShape? vision, int visionTokens, CostAccounting accounting)
    {
        if (vision is null || visionTokens == 0)
        {
            return 0;
        }

        var tiles = visionTokens / (double)vision.VisionTokensPerTile;
        double hidden = vision.HiddenSize;
        var tokens = tiles * vision.TokensPerTile;
        var weights = hidden * ((4 * hidden) + ((double)vision.FfnMatrices * vision.FfnSize));
        if (accounting == CostAccounting.Paper)
        {
            return vision.Layers * 2 * weights * tokens;
        }

        var span = vision.AttentionSpansTiles ? tokens : vision.TokensPerTile;
        var layer = (2 * weights * tokens) + (4 * hidden * tokens * span);
        return (vision.LayersRun * layer) + (2 * hidden * vision.PatchElements * tokens);
    }

    /// <summary>Returns the FLOPs of the projector.</summary>
    public static double Projector(ProjectorShape? projector, int visionTokens) =>
        projector is null ? 0 : 2.0 * visionTokens * projector.InnerSize * (projector.InputSize + (double)projector.OutputSize);
}
