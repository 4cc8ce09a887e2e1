using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Layers;

/// <summary>Compares a checkpoint with a model's weight table before anything is loaded.</summary>
internal static class WeightChecker
{
    /// <summary>Maps canonical names to tensors; adds a fault for each missing, unused, misshapen, doubled or untyped tensor.</summary>
    /// <param name="files">The open checkpoint.</param>
    /// <param name="table">Every tensor that the model has.</param>
    /// <param name="canonical">Maps a name in the file to a canonical one, or to null when it is known to be without meaning.</param>
    /// <param name="faults">Receives every fault.</param>
    public static Dictionary<string, TensorEntry> Match(
        CheckpointFiles files, IReadOnlyList<WeightSpec> table, Func<string, string?> canonical, FaultList faults)
    {
        var found = ByCanonicalName(files, canonical, faults);
        var expected = table.ToDictionary(spec => spec.Name, StringComparer.Ordinal);
        foreach (var spec in table)
        {
            CheckOne(spec, found, faults);
        }

        foreach (var (name, entry) in found.Where(pair => !expected.ContainsKey(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            faults.Add($"{entry.Name} is unused: the model that config.json describes has no {name}");
        }

        return found;
    }

    private static Dictionary<string, TensorEntry> ByCanonicalName(CheckpointFiles files, Func<string, string?> canonical, FaultList faults)
    {
        var found = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        foreach (var entry in files.Tensors.Values)
        {
            if (canonical(entry.Name) is { } name && !found.TryAdd(name, entry))
            {
                faults.Add($"{entry.Name} and {found[name].Name} both mean {name}");
            }
        }

        return found;
    }

    private static void CheckOne(WeightSpec spec, Dictionary<string, TensorEntry> found, FaultList faults)
    {
        if (!found.TryGetValue(spec.Name, out var entry))
        {
            faults.Add($"{spec.Name} {Text(spec.Shape)} is missing");
            return;
        }

        if (!entry.Shape.SequenceEqual(spec.Shape))
        {
            faults.Add($"{entry.Name} has shape {Text(entry.Shape)}, config.json makes it {Text(spec.Shape)}");
        }

        if (entry.DType is not (TensorDType.F32 or TensorDType.F16 or TensorDType.BF16))
        {
            faults.Add($"{entry.Name} holds {entry.DType.Name()}; weights are F32, F16 or BF16");
        }
    }

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
