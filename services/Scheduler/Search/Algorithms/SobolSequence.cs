namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Gives points that fill the unit cube evenly, of up to eight dimensions, shifted by a seed; used by one thread.</summary>
/// <remarks>
/// Sobol's sequence in Gray-code order. Each dimension after the first has a primitive polynomial over GF(2) and odd start
/// numbers m_i below 2^i (those of S. Joe and F. Kuo, 2008). The shift is by exclusive or, which keeps the sequence's balance.
/// </remarks>
internal sealed class SobolSequence
{
    private const int Bits = 32;

    private static readonly (int Degree, uint Polynomial, uint[] Start)[] Directions =
    [
        (1, 0, [1]),
        (2, 1, [1, 3]),
        (3, 1, [1, 3, 1]),
        (3, 2, [1, 1, 1]),
        (4, 1, [1, 1, 3, 3]),
        (4, 4, [1, 3, 5, 13]),
        (5, 2, [1, 1, 5, 5, 17]),
    ];

    private readonly uint[][] _directions;
    private readonly uint[] _shift;
    private readonly uint[] _state;
    private uint _index;

    /// <summary>Starts the sequence of a seed.</summary>
    public SobolSequence(int dimensions, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, Directions.Length + 1);
        _directions = [.. Enumerable.Range(0, dimensions).Select(dimension => dimension == 0 ? First() : Later(Directions[dimension - 1]))];
        _shift = [.. Enumerable.Range(1, dimensions).Select(dimension => (uint)(Mix(seed + (0x9E3779B97F4A7C15UL * (ulong)dimension)) >> 32))];
        _state = new uint[dimensions];
    }

    /// <summary>Returns the next point, each coordinate in (0, 1).</summary>
    public double[] Next()
    {
        var point = new double[_state.Length];
        var zero = (int)uint.TrailingZeroCount(~_index);
        for (var dimension = 0; dimension < point.Length; dimension++)
        {
            point[dimension] = ((_state[dimension] ^ _shift[dimension]) + 0.5) / 4294967296d;
            _state[dimension] ^= _directions[dimension][zero];
        }

        _index++;
        return point;
    }

    private static uint[] First()
    {
        var directions = new uint[Bits];
        for (var bit = 0; bit < Bits; bit++)
        {
            directions[bit] = 1u << (Bits - 1 - bit);
        }

        return directions;
    }

    private static uint[] Later((int Degree, uint Polynomial, uint[] Start) of)
    {
        var directions = new uint[Bits];
        for (var bit = 0; bit < Bits; bit++)
        {
            if (bit < of.Degree)
            {
                directions[bit] = of.Start[bit] << (Bits - 1 - bit);
                continue;
            }

            var value = directions[bit - of.Degree] ^ (directions[bit - of.Degree] >> of.Degree);
            for (var i = 1; i < of.Degree; i++)
            {
                var coefficient = (of.Polynomial >> (of.Degree - 1 - i)) & 1;
                value ^= coefficient * directions[bit - i];
            }

            directions[bit] = value;
        }

        return directions;
    }

    /// <summary>Spreads a number over all bits (the finaliser of SplitMix64).</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
