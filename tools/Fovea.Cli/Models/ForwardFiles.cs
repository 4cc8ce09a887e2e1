using Fovea.Cli.Shell;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;

namespace Fovea.Cli.Models;

/// <summary>Reads model inputs and writes model outputs as safetensors, under Hugging Face's names.</summary>
internal static class ForwardFiles
{
    private const int ImageRank = 4;
    private const int Channels = 3;

    /// <summary>Returns the inputs of a file: <c>input_ids</c> [S] or [1, S], <c>pixel_values</c> [n, 3, H, W] in float32.</summary>
    /// <exception cref="CliException">A tensor is missing or of another kind; every fault is named.</exception>
    public static ForwardInputs Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.Usage, $"--inputs: {path}: no such file");
        }

        using var file = SafetensorsFile.Open(path);
        var faults = new List<string>();
        var ids = ReadIds(file, faults);
        var images = ReadImages(file, faults);
        return faults.Count == 0 ? new ForwardInputs(ids, images) : throw new CliException(ExitCodes.Usage, faults.Select(fault => $"{path}: {fault}"));
    }

    /// <summary>Writes <c>logits</c> [rows, vocabulary] and <c>kept_LAYER</c>.</summary>
    public static void Write(string path, ForwardOutputs outputs)
    {
        var tensors = new List<SafetensorsTensor> { SafetensorsTensor.Of("logits", outputs.Logits, outputs.Rows, outputs.Vocabulary) };
        foreach (var (layer, indices) in outputs.Kept)
        {
            long[] values = [.. indices];
            tensors.Add(SafetensorsTensor.Of($"kept_{layer}", values, values.Length));
        }

        SafetensorsWriter.Write(path, tensors);
    }

    private static int[] ReadIds(SafetensorsFile file, List<string> faults)
    {
        if (!file.Tensors.TryGetValue("input_ids", out var ids))
        {
            faults.Add("input_ids is missing");
            return [];
        }

        if (ids.Shape is not ([_] or [1, _]))
        {
            faults.Add($"input_ids has shape [{string.Join(", ", ids.Shape)}], want [S] or [1, S]");
            return [];
        }

        switch (ids.DType)
        {
            case TensorDType.I64:
                return [.. ids.As<long>().ToArray().Select(id => checked((int)id))];
            case TensorDType.I32:
                return ids.As<int>().ToArray();
            default:
                faults.Add($"input_ids holds {ids.DType.Name()}, want I64 or I32");
                return [];
        }
    }

    private static List<PixelValues> ReadImages(SafetensorsFile file, List<string> faults)
    {
        if (!file.Tensors.TryGetValue("pixel_values", out var pixels))
        {
            return [];
        }

        if (pixels.DType != TensorDType.F32 || pixels.Shape.Count != ImageRank || pixels.Shape[1] != Channels)
        {
            faults.Add($"pixel_values holds {pixels.DType.Name()} [{string.Join(", ", pixels.Shape)}], want F32 [n, {Channels}, H, W]");
            return [];
        }

        var (height, width) = ((int)pixels.Shape[2], (int)pixels.Shape[3]);
        var size = Channels * height * width;
        var values = pixels.As<float>();
        var images = new List<PixelValues>();
        for (var start = 0; start < values.Length; start += size)
        {
            images.Add(new PixelValues(height, width, values.Slice(start, size).ToArray()));
        }

        return images;
    }
}
