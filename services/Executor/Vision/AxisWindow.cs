using System.Runtime.InteropServices;

namespace Fovea.Executor.Vision;

/// <summary>The part of an axis that is wanted after a resize.</summary>
/// <param name="Size">Pixels that the whole axis is resized to.</param>
/// <param name="Start">First of them that is wanted.</param>
/// <param name="Count">How many are wanted, at least one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AxisWindow(int Size, int Start, int Count)
{
    /// <summary>The whole axis.</summary>
    public static AxisWindow All(int size) => new(size, 0, size);

    /// <summary>The middle <paramref name="count"/> pixels, rounded towards the start; all of them when there are not that many.</summary>
    public static AxisWindow Middle(int size, int count) => size <= count ? All(size) : new AxisWindow(size, (size - count) / 2, count);
}
