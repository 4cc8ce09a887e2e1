using System.Runtime.InteropServices;

namespace Fovea.Executor.Runtime;

/// <summary>A grid in time and space, counted in patches or in merged patches.</summary>
/// <param name="Frames">Steps in time; 1 for a picture.</param>
/// <param name="Rows">From top to bottom.</param>
/// <param name="Columns">From left to right.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PatchGrid(int Frames, int Rows, int Columns)
{
    /// <summary>Cells of all frames.</summary>
    public long Count => (long)Frames * Rows * Columns;

    /// <summary>Gives the square of so many cells.</summary>
    /// <param name="cells">A square number.</param>
    public static PatchGrid Square(int cells)
    {
        var side = (int)Math.Round(Math.Sqrt(cells));
        return side * side == cells ? new(1, side, side) : throw new ArgumentOutOfRangeException(nameof(cells), cells, "These cells are no square.");
    }
}
