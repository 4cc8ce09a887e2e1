using Fovea.Executor.Runtime;

namespace Fovea.Executor.Prefill;

/// <summary>Model inputs as tensors under Hugging Face's names.</summary>
/// <remarks>
/// <c>input_ids</c> [S] or [1, S]; <c>pixel_values</c> [n, 3, H, W] (pictures or tiles), or [patches, values] with
/// <c>image_grid_thw</c> [n, 3], or [n, tiles, 3, H, W] with <c>image_sizes</c> [n, 2] as height and width.
/// </remarks>
internal static class HubTensors
{
    private const string Ids = "input_ids";
    private const string Pixels = "pixel_values";
    private const string Grids = "image_grid_thw";
    private const string Sizes = "image_sizes";
    private const string Tiles = "num_patches";

    /// <summary>Reads the inputs of one prompt; what is missing or of another kind is added to <paramref name="faults"/>.</summary>
    public static ForwardInputs Read(SafetensorsFile file, ICollection<string> faults) => new(ReadIds(file, faults), ReadImages(file, faults));

    /// <summary>The tensors of one preprocessed image.</summary>
    public static IReadOnlyList<SafetensorsTensor> Of(PixelValues image)
    {
        if (image.Grid is { } grid)
        {
            return
            [
                SafetensorsTensor.Of(Pixels, image.Values, [.. image.Shape]),
                SafetensorsTensor.Of(Grids, [(long)grid.Frames, grid.Rows, grid.Columns], 1, 3),
            ];
        }

        if (image.OriginalSize is { } size)
        {
            return
            [
                SafetensorsTensor.Of(Pixels, image.Values, [1, .. image.Shape]),
                SafetensorsTensor.Of(Sizes, [(long)size.Height, size.Width], 1, 2),
            ];
        }

        return image.Shape.Length == 3
            ? [SafetensorsTensor.Of(Pixels, image.Values, [1, .. image.Shape])]
            :
            [
                SafetensorsTensor.Of(Pixels, image.Values, [.. image.Shape]),
                SafetensorsTensor.Of(Tiles, [image.Shape[0]], 1),
            ];
    }

    private static int[] ReadIds(SafetensorsFile file, ICollection<string> faults)
    {
        if (!file.Tensors.TryGetValue(Ids, out var ids))
        {
            faults.Add($"{Ids} is missing");
            return [];
        }

        if (ids.Shape is not ([_] or [1, _]))
        {
            faults.Add($"{Ids} has shape {Text(ids.Shape)}, want [S] or [1, S]");
            return [];
        }

        switch (ids.DType)
        {
            case TensorDType.I64:
                return [.. ids.As<long>().ToArray().Select(id => checked((int)id))];
            case TensorDType.I32:
                return ids.As<int>().ToArray();
            default:
                faults.Add($"{Ids} holds {ids.DType.Name()}, want I64 or I32");
                return [];
        }
    }

    private static List<PixelValues> ReadImages(SafetensorsFile file, ICollection<string> faults)
    {
        if (!file.Tensors.TryGetValue(Pixels, out var pixels))
        {
            return [];
        }

        if (pixels.DType != TensorDType.F32)
        {
            faults.Add($"{Pixels} holds {pixels.DType.Name()}, want F32");
            return [];
        }

        if (file.Tensors.TryGetValue(Grids, out var grids))
        {
            return ReadPatches(pixels, ReadTable(grids, 3, faults), faults);
        }

        return file.Tensors.TryGetValue(Sizes, out var sizes)
            ? ReadTiled(pixels, ReadTable(sizes, 2, faults), faults)
            : ReadPictures(pixels, faults);
    }

    private static List<PixelValues> ReadPictures(TensorEntry pixels, ICollection<string> faults)
    {
        if (pixels.Shape is not [_, 3, _, _])
        {
            faults.Add($"{Pixels} holds {pixels.DType.Name()} {Text(pixels.Shape)}, want F32 [n, 3, H, W], or {Grids} or {Sizes} beside it");
            return [];
        }

        return [.. Enumerable.Range(0, (int)pixels.Shape[0]).Select(index => new PixelValues([.. pixels.Shape.Skip(1)], Part(pixels, index)))];
    }

    private static List<PixelValues> ReadTiled(TensorEntry pixels, List<int[]> sizes, ICollection<string> faults)
    {
        if (pixels.Shape is not [_, _, 3, _, _] || pixels.Shape[0] != sizes.Count)
        {
            faults.Add($"{Pixels} has shape {Text(pixels.Shape)}, want [{sizes.Count}, tiles, 3, H, W] for {sizes.Count} {Sizes}");
            return [];
        }

        return
        [
            .. sizes.Select((size, index) => new PixelValues([.. pixels.Shape.Skip(1)], Part(pixels, index))
            {
                OriginalSize = new ImageSize(size[1], size[0]),
            }),
        ];
    }

    private static List<PixelValues> ReadPatches(TensorEntry pixels, List<int[]> grids, ICollection<string> faults)
    {
        var images = grids.Select(grid => new PatchGrid(grid[0], grid[1], grid[2])).ToArray();
        var patches = images.Sum(grid => grid.Count);
        if (pixels.Shape is not [_, _] || pixels.Shape[0] != patches)
        {
            faults.Add($"{Pixels} has shape {Text(pixels.Shape)}, {Grids} makes it [{patches}, values]");
            return [];
        }

        var values = pixels.As<float>().ToArray();
        var (read, start, width) = (new List<PixelValues>(), 0, (int)pixels.Shape[1]);
        foreach (var grid in images)
        {
            var length = (int)grid.Count * width;
            read.Add(new PixelValues([grid.Count, width], values.AsSpan(start, length).ToArray()) { Grid = grid });
            start += length;
        }

        return read;
    }

    private static List<int[]> ReadTable(TensorEntry table, int columns, ICollection<string> faults)
    {
        if (table.DType != TensorDType.I64 || table.Shape.Count != 2 || table.Shape[1] != columns)
        {
            faults.Add($"{table.Name} holds {table.DType.Name()} {Text(table.Shape)}, want I64 [n, {columns}]");
            return [];
        }

        var values = table.As<long>().ToArray();
        if (Array.Exists(values, value => value is < 1 or > 1 << 20))
        {
            faults.Add($"{table.Name} holds a number outside [1, {1 << 20}]");
            return [];
        }

        return [.. values.Chunk(columns).Select(row => row.Select(value => (int)value).ToArray())];
    }

    private static float[] Part(TensorEntry tensor, int index)
    {
        var values = tensor.As<float>();
        var length = values.Length / (int)tensor.Shape[0];
        return values.Slice(index * length, length).ToArray();
    }

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
