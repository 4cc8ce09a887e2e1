using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Rotary position encoding (Su et al. 2021) in the half-split form that Llama checkpoints use.</summary>
/// <remarks>
/// Angle of position p and pair i is p / theta^(2i/D), computed in float32 as the reference does, then cast. Example, D = 4,
/// theta = 10000: pairs are (0, 2) and (1, 3); position 3 turns them by 3 and 0.03 radians.
/// </remarks>
internal sealed class RotaryTable : IDisposable
{
    private readonly Tensor _cos; // [P, 1, D/2]
    private readonly Tensor _sin; // [P, 1, D/2]

    /// <summary>Computes angles for positions 0..<paramref name="positions"/>-1.</summary>
    /// <param name="positions">P.</param>
    /// <param name="inverseFrequencies">Radians per position of each pair [D/2], scaling applied.</param>
    /// <param name="dtype">Data type of queries and keys.</param>
    /// <param name="device">Where they live.</param>
    public RotaryTable(int positions, float[] inverseFrequencies, ScalarType dtype, Device device)
    {
        Positions = positions;
        using var scope = torch.NewDisposeScope();
        long half = inverseFrequencies.Length;
        var inverse = torch.tensor<float>(inverseFrequencies, [half]).to(device); // [D/2]
        var steps = torch.arange(0, positions, 1, ScalarType.Int64, device).to(ScalarType.Float32).unsqueeze(1); // [P, 1]
        var angles = steps.mul(inverse.unsqueeze(0)).view([positions, 1, half]); // [P, 1, D/2]
        _cos = angles.cos().to(dtype).DetachFromDisposeScope();
        _sin = angles.sin().to(dtype).DetachFromDisposeScope();
    }

    /// <summary>Positions that have angles.</summary>
    public int Positions { get; }

    /// <summary>Looks up the angles of given positions.</summary>
    /// <param name="positions">Borrowed int64 [S], each below <see cref="Positions"/>.</param>
    /// <returns>Owned angles [S, 1, D/2].</returns>
    public RotaryAngles At(Tensor positions) => new(_cos.index_select(0, positions), _sin.index_select(0, positions));

    /// <summary>Looks up the angles of a run of positions without a copy.</summary>
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
}
