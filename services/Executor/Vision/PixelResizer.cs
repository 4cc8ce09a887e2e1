using System.Numerics;
using System.Runtime.InteropServices;

namespace Fovea.Executor.Vision;

/// <summary>Resizes images bit for bit as Pillow 13 does: two passes, each rounded to 8 bits.</summary>
/// <remarks>
/// Rows come first, unless the kernel of the columns is the longer one: it is where the height shrinks more than the width. Example:
/// bicubic, 150 x 200 pixels to 112 x 112, needs 7 places for a row's weights and 9 for a column's, so columns come first; 420 x 180
/// to 112 x 112, with 17 and 9, begins with the rows. Older versions of Pillow always do, with differences of a few levels.
/// </remarks>
internal static class PixelResizer
{
    private const int Half = 1 << (ResampleTable.PrecisionBits - 1);
    private const int Channels = RgbPixels.Channels;

    /// <summary>The image at a new size; the image itself when nothing changes.</summary>
    public static RgbPixels Resize(RgbPixels image, int width, int height, ResampleFilter filter) =>
        Resize(image, AxisWindow.All(width), AxisWindow.All(height), filter);

    /// <summary>A part of the resized image, the same pixels as if the whole had been made and cut, at the cost of the part.</summary>
    public static RgbPixels Resize(RgbPixels image, AxisWindow columns, AxisWindow rows, ResampleFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Count, 1);
        var columnTable = columns == AxisWindow.All(image.Width) ? null : new ResampleTable(image.Width, columns, filter);
        var rowTable = rows == AxisWindow.All(image.Height) ? null : new ResampleTable(image.Height, rows, filter);
        if (columnTable is null || rowTable is null)
        {
            image = rowTable is null ? image : ResizeColumns(image, rows.Count, rowTable);
            return columnTable is null ? image : ResizeRows(image, 0, image.Height, columnTable);
        }

        if (rowTable.Places > columnTable.Places)
        {
            return ResizeRows(ResizeColumns(image, rows.Count, rowTable), 0, rows.Count, columnTable);
        }

        // Only the rows that the second pass reads.
        var first = rowTable.FirstSource;
        image = ResizeRows(image, first, rowTable.EndSource - first, columnTable);
        rowTable.Shift(first);
        return ResizeColumns(image, rows.Count, rowTable);
    }

    private static RgbPixels ResizeRows(RgbPixels image, int firstRow, int rows, ResampleTable table)
    {
        var width = table.Count;
        var output = new byte[checked(width * rows * Channels)];
        for (var row = 0; row < rows; row++)
        {
            var source = image.Data.AsSpan((firstRow + row) * image.Width * Channels, image.Width * Channels);
            var target = output.AsSpan(row * width * Channels, width * Channels);
            for (var column = 0; column < width; column++)
            {
                ResizePixel(source[(table.Start(column) * Channels)..], table.Weights(column), target.Slice(column * Channels, Channels));
            }
        }

        return new RgbPixels(width, rows, output);
    }

    private static void ResizePixel(ReadOnlySpan<byte> source, ReadOnlySpan<int> weights, Span<byte> target)
    {
        int red = Half, green = Half, blue = Half;
        source = source[..(weights.Length * Channels)];
        for (var tap = 0; tap < weights.Length; tap++)
        {
            var weight = weights[tap];
            var at = tap * Channels;
            red += source[at] * weight;
            green += source[at + 1] * weight;
            blue += source[at + 2] * weight;
        }

        target[2] = Clip(blue);
        target[1] = Clip(green);
        target[0] = Clip(red);
    }

    private static RgbPixels ResizeColumns(RgbPixels image, int height, ResampleTable table)
    {
        var stride = image.Width * Channels;
        var output = new byte[checked(height * stride)];
        var sums = new int[stride];
        for (var row = 0; row < height; row++)
        {
            Array.Fill(sums, Half);
            var weights = table.Weights(row);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                AddRow(image.Data.AsSpan((table.Start(row) + tap) * stride, stride), weights[tap], sums);
            }

            var target = output.AsSpan(row * stride, stride);
            for (var index = 0; index < stride; index++)
            {
                target[index] = Clip(sums[index]);
            }
        }

        return new RgbPixels(image.Width, height, output);
    }

    private static void AddRow(ReadOnlySpan<byte> source, int weight, Span<int> sums)
    {
        var done = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var bytes = MemoryMarshal.Cast<byte, Vector<byte>>(source);
            done = bytes.Length * Vector<byte>.Count;
            var targets = MemoryMarshal.Cast<int, Vector<int>>(sums[..done]);
            for (var index = 0; index < bytes.Length; index++)
            {
                Vector.Widen(bytes[index], out var low, out var high);
                Vector.Widen(low, out var first, out var second);
                Vector.Widen(high, out var third, out var fourth);
                targets[index * 4] += first.As<uint, int>() * weight;
                targets[(index * 4) + 1] += second.As<uint, int>() * weight;
                targets[(index * 4) + 2] += third.As<uint, int>() * weight;
                targets[(index * 4) + 3] += fourth.As<uint, int>() * weight;
            }
        }

        for (var index = done; index < source.Length; index++)
        {
            sums[index] += source[index] * weight;
        }
    }

    private static byte Clip(int value) => (byte)Math.Clamp(value >> ResampleTable.PrecisionBits, byte.MinValue, byte.MaxValue);
}
