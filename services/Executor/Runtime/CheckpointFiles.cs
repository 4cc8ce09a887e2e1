namespace Fovea.Executor.Runtime;

/// <summary>
/// All tensors of a checkpoint folder, from one <c>model.safetensors</c> or from an index and its shards; keeps the files mapped until
/// disposed.
/// </summary>
internal sealed class CheckpointFiles : IDisposable
{
    private const string SingleName = "model.safetensors";
    private const string IndexName = "model.safetensors.index.json";

    private readonly List<SafetensorsFile> _files;
    private readonly Dictionary<string, TensorEntry> _tensors;

    private CheckpointFiles(string folder, List<SafetensorsFile> files, Dictionary<string, TensorEntry> tensors)
    {
        Folder = folder;
        _files = files;
        _tensors = tensors;
    }

    /// <summary>The folder that was opened.</summary>
    public string Folder { get; }

    /// <summary>The open files, ordered by name.</summary>
    public IReadOnlyList<SafetensorsFile> Files => _files;

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => _tensors;

    /// <summary>Bytes of all tensors.</summary>
    public long TotalBytes => _tensors.Values.Sum(static tensor => tensor.ByteCount);

    /// <summary>
    /// Opens every file of the folder; throws one <see cref="CheckpointException"/> that lists every fault of every file.
    /// </summary>
    public static CheckpointFiles Open(string folder)
    {
        var faults = new FaultList();
        var files = new List<SafetensorsFile>();
        var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        if (File.Exists(Path.Combine(folder, IndexName)))
        {
            OpenShards(folder, files, tensors, faults);
        }
        else if (File.Exists(Path.Combine(folder, SingleName)))
        {
            OpenFile(Path.Combine(folder, SingleName), files, tensors, faults);
        }
        else
        {
            faults.Add($"neither {SingleName} nor {IndexName} is there");
        }

        if (!faults.IsEmpty)
        {
            files.ForEach(static file => file.Dispose());
        }

        faults.ThrowIfAny(folder);
        return new CheckpointFiles(folder, files, tensors);
    }

    /// <summary>Unmaps all files.</summary>
    public void Dispose() => _files.ForEach(static file => file.Dispose());

    private static void OpenShards(string folder, List<SafetensorsFile> files, Dictionary<string, TensorEntry> tensors, FaultList faults)
    {
        var index = ReadIndex(folder, faults);
        foreach (var shard in index.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, shard);
            if (shard.Length == 0 || Path.GetFileName(shard) != shard)
            {
                faults.Add($"{IndexName}: \"{shard}\" is no file name inside the folder");
            }
            else if (!File.Exists(path))
            {
                faults.Add($"{shard}: the shard is missing");
            }
            else
            {
                OpenFile(path, files, tensors, faults);
            }
        }

        CompareWithIndex(index, files, tensors, faults);
    }

    private static Dictionary<string, string> ReadIndex(string folder, FaultList faults)
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal);
        using var document = JsonFile.Load(Path.Combine(folder, IndexName), faults);
        if (document is not null)
        {
            var root = new JsonObjectReader(document.RootElement, IndexName, "$", faults);
            var map = root.RequiredObject("weight_map");
            foreach (var property in map?.Properties() ?? [])
            {
                index[property.Name] = map!.RequiredString(property.Name);
            }
        }

        return index;
    }

    private static void OpenFile(string path, List<SafetensorsFile> files, Dictionary<string, TensorEntry> tensors, FaultList faults)
    {
        if (SafetensorsFile.TryOpen(path, faults) is not { } file)
        {
            return;
        }

        files.Add(file);
        foreach (var (name, entry) in file.Tensors)
        {
            if (!tensors.TryAdd(name, entry))
            {
                faults.Add($"{Path.GetFileName(path)}: {name} is also in {Path.GetFileName(tensors[name].File.Path)}");
            }
        }
    }

    private static void CompareWithIndex(
        Dictionary<string, string> index, List<SafetensorsFile> files, Dictionary<string, TensorEntry> tensors, FaultList faults)
    {
        var opened = files.Select(static file => Path.GetFileName(file.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, shard) in index.Where(pair => opened.Contains(pair.Value)))
        {
            if (!tensors.TryGetValue(name, out var entry))
            {
                faults.Add($"{IndexName}: {name} is not in {shard}");
            }
            else if (Path.GetFileName(entry.File.Path) != shard)
            {
                faults.Add($"{IndexName}: {name} is in {Path.GetFileName(entry.File.Path)}, not in {shard}");
            }
        }

        foreach (var name in tensors.Keys.Where(name => !index.ContainsKey(name)))
        {
            faults.Add($"{IndexName}: {name} of {Path.GetFileName(tensors[name].File.Path)} is not named");
        }
    }
}
