using Fovea.Executor.Decode;
using Fovea.Torch;

namespace Fovea.Executor.Ranking;

/// <summary>Picks vision tokens by lot: the same seed and layer pick the same places on every machine.</summary>
internal static class RandomOrder
{
    // An odd constant spreads layers over the generator's seeds.
    private const ulong LayerStride = 0xD1342543DE82EF95;

    /// <summary>Draws without replacement.</summary>
    /// <param name="seed">The plan's seed.</param>
    /// <param name="layer">Layer before which tokens are dropped.</param>
    /// <param name="available">Tokens to draw from.</param>
    /// <param name="count">How many to pick, 0..available.</param>
    /// <returns>Indices among the available ones, ascending.</returns>
    public static long[] Pick(ulong seed, int layer, int available, int count)
    {
        var generator = new SeededGenerator(unchecked(seed + ((ulong)(layer + 1) * LayerStride)));
        var places = new long[available];
        for (var i = 0; i < available; i++)
        {
            places[i] = i;
        }

        // The first steps of Fisher and Yates' shuffle.
        for (var i = 0; i < count; i++)
        {
            var other = i + (int)Math.BigMul(generator.NextBits(), (ulong)(available - i), out _);
            (places[i], places[other]) = (places[other], places[i]);
        }

        var picked = places[..count];
        Array.Sort(picked);
        return picked;
    }

    /// <summary>Draws without replacement, for the device.</summary>
    /// <returns>Owned int64 [count], ascending.</returns>
    public static Tensor Pick(ulong seed, int layer, int available, int count, Device device)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor<long>(Pick(seed, layer, available, count), [count]).to(device).MoveToOuterDisposeScope();
    }
}
