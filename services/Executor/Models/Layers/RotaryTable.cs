using System.Collections.Immutable;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Rotary position encoding (Su et al. 2021) in the half-split form that Llama checkpoints use.</summary>
/// <remarks>
/// Angle of position p and pair i is p / theta^(2i/D), computed in float32 as the reference does, then cast. Example, D = 4,
/// theta = 10000: pairs are (0, 2) and (1, 3); position 3 turns them by 3 and 0.03 radians.
/// Where a position has several axes (time, row, column), each axis turns the pairs of its section. Example, D = 8, sections 1 1 2:
/// the token at (5, 7, 9) turns pair 0 by position 5, pair 1 by 7, pairs 2 and 3 by 9.
/// </remarks>
internal sealed class RotaryTable : IDisposable
{
    private readonly Tensor _cos; // [P, 1, D/2]
    private readonly Tensor _sin; // [P, 1, D/2]
    private readonly ImmutableArray<int> _sections;

    /// <summary>Computes angles for every position that the options allow.</summary>
    public RotaryTable(DecoderOptions options)
    {
        Positions = options.MaxPositions;
        _sections = options.RotarySections;
        using var scope = torch.NewDisposeScope();
        long half = options.InverseFrequencies.Length;
        var inverse = torch.tensor<float>(options.InverseFrequencies, [half]).to(options.Device); // [D/2]
        var steps = torch.arange(0, Positions, 1, ScalarType.Int64, options.Device).to(ScalarType.Float32).unsqueeze(1); // [P, 1]
        var angles = steps.mul(inverse.unsqueeze(0)).view([Positions, 1, half]); // [P, 1, D/2]
        _cos = Scaled(angles.cos(), options).DetachFromDisposeScope();
        _sin = Scaled(angles.sin(), options).DetachFromDisposeScope();
    }

    /// <summary>Positions that have angles.</summary>
    public int Positions { get; }

    /// <summary>Looks up the angles of given positions.</summary>
    /// <param name="positions">Borrowed int64 [S], each below <see cref="Positions"/>, the same on every axis; or [S, axes].</param>
    /// <returns>Owned angles [S, 1, D/2].</returns>
    public RotaryAngles At(Tensor positions) => positions.ndim == 1
        ? new(_cos.index_select(0, positions), _sin.index_select(0, positions))
        : new(BySection(_cos, positions), BySection(_sin, positions));

    /// <summary>Looks up the angles of a run of positions, the same on every axis, without a copy.</summary>
    public RotaryAngles Range(int start, int length) => new(_cos.narrow(0, start, length), _sin.narrow(0, start, length));

    /// <summary>Turns queries or keys by their positions' angles.</summary>
    /// <param name="x">Borrowed [S, H, D].</param>
    /// <param name="angles">Angles of the S rows.</param>
    /// <param name="scale">Factor of the result.</param>
    /// <returns>Owned [S, H, D].</returns>
    public static Tensor Apply(Tensor x, RotaryAngles angles, double scale = 1.0) =>
        torch.nn.functional.rope(x, angles.Cos, angles.Sin, scale);

    /// <inheritdoc/>
    public void Dispose()
    {
        _cos.Dispose();
        _sin.Dispose();
    }

    private static Tensor Scaled(Tensor x, DecoderOptions options) =>
        (options.RotaryFactor == 1 ? x : x.mul(options.RotaryFactor)).to(options.DType);

    private Tensor BySection(Tensor table, Tensor positions)
    {
        using var scope = torch.NewDisposeScope();
        var parts = new Tensor[_sections.Length];
        var start = 0;
        for (var axis = 0; axis < parts.Length; axis++)
        {
            var section = table.narrow(2, start, _sections[axis]); // [P, 1, pairs]
            parts[axis] = section.index_select(0, positions.select(1, axis).contiguous()); // [S, 1, pairs]
            start += _sections[axis];
        }

        return torch.cat(parts, 2).MoveToOuterDisposeScope(); // [S, 1, D/2]
    }
}
