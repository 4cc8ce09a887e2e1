using Fovea.Contracts.V1;

namespace Fovea.Cli.Generation;

/// <summary>Says how many layers each vision token of a request entered.</summary>
internal static class SurvivalDepth
{
    /// <summary>Returns for each vision token the number of layers it entered, of <paramref name="layers"/>.</summary>
    /// <param name="visionTokens">Vision tokens of the request.</param>
    /// <param name="layers">Layers of the model.</param>
    /// <param name="kept">The survivors at each layer before which tokens were dropped.</param>
    public static int[] Of(int visionTokens, int layers, IEnumerable<KeptTokens> kept)
    {
        var depths = new int[visionTokens];
        Array.Fill(depths, layers);
        foreach (var step in kept.OrderByDescending(step => step.Layer))
        {
            var survivors = step.Indices.ToHashSet();
            for (var token = 0; token < visionTokens; token++)
            {
                if (!survivors.Contains(token))
                {
                    depths[token] = step.Layer;
                }
            }
        }

        return depths;
    }
}
