using System.Text.Json.Nodes;
using Fovea.Executor.Models.InternVl;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Models.Llava;
using Fovea.Executor.Models.LlavaNext;
using Fovea.Executor.Models.Qwen2Vl;
using Fovea.Executor.Runtime;

namespace Fovea.Benchmarks.Checkpoints;

/// <summary>Writes checkpoints with every tensor of a real one's shape in bf16, filled with seeded random numbers.</summary>
/// <remarks>Tokenizer and preprocessing are those of a small checkpoint of the same family, so that it answers, if not sensibly.</remarks>
internal static class ShapeTrueCheckpoint
{
    private const int Seed = 17;
    private const double Deviation = 0.02;
    private const int Numbers = 1 << 12;
    private const long ShardBytes = 1L << 29;
    private const ushort One = 0x3F80;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="preset">Its shape.</param>
    /// <param name="fixtures">Folder of the small checkpoints.</param>
    /// <param name="folder">Where to; made if it is not there.</param>
    /// <returns>Bytes of all tensors.</returns>
    public static long Write(ShapePreset preset, string fixtures, string folder)
    {
        Directory.CreateDirectory(folder);
        var source = Path.Combine(fixtures, preset.Fixture);
        foreach (var file in Directory.GetFiles(source).Where(file => !file.Contains("safetensors", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        Change(Path.Combine(folder, "config.json"), preset.Config);
        Change(Path.Combine(folder, "preprocessor_config.json"), preset.Preprocessor);
        return WriteTensors(TableOf(preset.Fixture, folder), folder);
    }

    private static void Change(string path, string changes)
    {
        var root = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        Merge(root, (JsonObject)JsonNode.Parse(changes)!);
        File.WriteAllText(path, root.ToJsonString());
    }

    private static void Merge(JsonObject target, JsonObject changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && target[name] is JsonObject outer)
            {
                Merge(outer, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    private static IReadOnlyList<WeightSpec> TableOf(string fixture, string folder)
    {
        if (fixture == "llava-next")
        {
            var next = LlavaNextConfigReader.Read(folder);
            return [.. LlavaWeightTable.Of(next.Base), new WeightSpec("image_newline", [next.Base.Text.HiddenSize])];
        }

        return fixture.StartsWith("internvl", StringComparison.Ordinal) ? InternVlWeightTable.Of(InternVlConfigReader.Read(folder))
            : fixture.StartsWith("qwen", StringComparison.Ordinal) ? Qwen2VlWeightTable.Of(Qwen2VlConfigReader.Read(folder))
            : LlavaWeightTable.Of(LlavaConfigReader.Read(folder));
    }

    private static long WriteTensors(IReadOnlyList<WeightSpec> table, string folder)
    {
        var random = new Random(Seed);
        var numbers = Normal(random);
        var map = new JsonObject();
        var (shard, pending, pendingBytes, total) = (0, new List<SafetensorsTensor>(), 0L, 0L);
        foreach (var spec in table)
        {
            var tensor = Fill(spec, random, numbers);
            pending.Add(tensor);
            pendingBytes += tensor.Data.Length;
            total += tensor.Data.Length;
            map[spec.Name] = NameOf(shard);
            if (pendingBytes >= ShardBytes)
            {
                Flush();
            }
        }

        Flush();
        File.WriteAllText(Path.Combine(folder, "model.safetensors.index.json"), new JsonObject { ["weight_map"] = map }.ToJsonString());
        return total;

        void Flush()
        {
            if (pending.Count > 0)
            {
                SafetensorsWriter.Write(Path.Combine(folder, NameOf(shard)), pending);
                (shard, pendingBytes) = (shard + 1, 0);
                pending.Clear();
            }
        }
    }

    private static string NameOf(int shard) => $"model-{shard:D5}.safetensors";

    private static SafetensorsTensor Fill(WeightSpec spec, Random random, ushort[] numbers)
    {
        var elements = spec.Shape.Aggregate(1L, (product, side) => product * side);
        var data = new byte[checked(2 * elements)];
        var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, ushort>(data.AsSpan());
        if (spec.Shape.Length == 1 && !spec.Name.EndsWith(".bias", StringComparison.Ordinal))
        {
            values.Fill(One);
        }
        else
        {
            random.NextBytes(data);
            foreach (ref var value in values)
            {
                value = numbers[value & (Numbers - 1)];
            }
        }

        return new SafetensorsTensor(spec.Name, TensorDType.BF16, [.. spec.Shape], data);
    }

    /// <summary>Normal numbers as bf16.</summary>
    private static ushort[] Normal(Random random) => [.. Enumerable.Range(0, Numbers).Select(_ =>
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) * Deviation;
        return (ushort)(BitConverter.SingleToUInt32Bits((float)normal) >> 16);
    })];
}
