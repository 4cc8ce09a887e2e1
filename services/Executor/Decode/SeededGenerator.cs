using System.Numerics;

namespace Fovea.Executor.Decode;

/// <summary>
/// Random numbers that depend on the seed alone, on every platform and runtime version: xoshiro256** seeded by splitmix64.
/// </summary>
/// <remarks>Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021. Serves one thread.</remarks>
internal sealed class SeededGenerator
{
    private const int DoubleBits = 53;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the sequence of <paramref name="seed"/>.</summary>
    public SeededGenerator(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>The next number, uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> (64 - DoubleBits)) * (1.0 / (1UL << DoubleBits));

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
