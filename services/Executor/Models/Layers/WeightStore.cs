using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>Owns a model's weights: views into the mapped checkpoint where type and device agree, copies where not.</summary>
/// <remarks>Tensors are converted one by one, so loading needs one tensor more than the model itself.</remarks>
internal sealed class WeightStore : IDisposable
{
    private readonly CheckpointFiles _files;
    private readonly IReadOnlyDictionary<string, TensorEntry> _entries;
    private readonly List<Tensor> _loaded = [];

    /// <summary>Reads from matched entries.</summary>
    /// <param name="files">The open checkpoint, owned from now on.</param>
    /// <param name="entries">Tensors by canonical name.</param>
    /// <param name="dtype">Data type to load as.</param>
    /// <param name="device">Where to load to.</param>
    public WeightStore(CheckpointFiles files, IReadOnlyDictionary<string, TensorEntry> entries, ScalarType dtype, Device device)
    {
        _files = files;
        _entries = entries;
        DType = dtype;
        Device = device;
    }

    /// <summary>Data type of loaded tensors.</summary>
    public ScalarType DType { get; }

    /// <summary>Device of loaded tensors.</summary>
    public Device Device { get; }

    /// <summary>Loads a tensor, which stays the store's.</summary>
    /// <exception cref="KeyNotFoundException">The checkpoint has none of that name.</exception>
    public Tensor Load(string name) => LoadPart(name, static whole => whole);

    /// <summary>Loads a part of a tensor in which several are packed; the part stays the store's.</summary>
    /// <param name="name">Canonical name of the packed tensor.</param>
    /// <param name="part">Takes the part out of the mapped tensor, which it borrows.</param>
    /// <exception cref="KeyNotFoundException">The checkpoint has none of that name.</exception>
    public Tensor LoadPart(string name, Func<Tensor, Tensor> part)
    {
        var entry = _entries[name];
        using var scope = torch.NewDisposeScope();
        var mapped = Mapped(entry);
        var tensor = part(mapped).to(DType).to(Device).contiguous().DetachFromDisposeScope();
        _loaded.Add(tensor);
        if (!Holds(entry, tensor))
        {
            MappedPages.LetGo(entry.Pointer, entry.ByteCount);
        }

        return tensor;
    }

    /// <summary>Loads the matrix and, where there is one, the bias of a linear layer.</summary>
    public Linear LoadLinear(string name) => new(Load(name + ".weight"), TryLoad(name + ".bias"));

    /// <summary>Loads a part of the rows of a packed linear layer.</summary>
    /// <param name="name">Name of the packed layer.</param>
    /// <param name="part">Takes the rows out of the matrix, and the same ones out of the bias.</param>
    public Linear LoadLinear(string name, Func<Tensor, Tensor> part) => new(
        LoadPart(name + ".weight", part),
        _entries.ContainsKey(name + ".bias") ? LoadPart(name + ".bias", part) : null);

    /// <summary>Loads a tensor, or returns null when there is none of that name.</summary>
    public Tensor? TryLoad(string name) => _entries.ContainsKey(name) ? Load(name) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _loaded.ForEach(tensor => tensor.Dispose());
        _loaded.Clear();
        _files.Dispose();
    }

    /// <summary>Whether a tensor is a view into the mapped bytes of an entry.</summary>
    private static bool Holds(TensorEntry entry, Tensor tensor) =>
        tensor.device.Type == DeviceType.CPU && (long)tensor.data_ptr() - entry.Pointer is var offset && offset >= 0 && offset < entry.ByteCount;

    private static Tensor Mapped(TensorEntry entry)
    {
        var type = entry.DType switch
        {
            TensorDType.F32 => ScalarType.Float32,
            TensorDType.F16 => ScalarType.Float16,
            TensorDType.BF16 => ScalarType.BFloat16,
            _ => throw new NotSupportedException($"{entry.Name} holds {entry.DType.Name()}."),
        };
        return torch.from_blob(entry.Pointer, [.. entry.Shape], type, entry.File);
    }
}
