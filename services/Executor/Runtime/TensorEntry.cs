using System.Runtime.InteropServices;

namespace Fovea.Executor.Runtime;

/// <summary>One tensor of an open checkpoint: a read-only view into the mapped file, valid until that file is disposed.</summary>
internal sealed class TensorEntry
{
    private readonly TensorLayout _layout;
    private readonly nint _pointer;

    /// <summary>Binds a layout to the address of its first byte in <paramref name="file"/>.</summary>
    public TensorEntry(SafetensorsFile file, TensorLayout layout, nint pointer)
    {
        File = file;
        _layout = layout;
        _pointer = pointer;
    }

    /// <summary>The file that keeps the bytes mapped.</summary>
    public SafetensorsFile File { get; }

    /// <summary>Unique name in the file.</summary>
    public string Name => _layout.Name;

    /// <summary>Element type.</summary>
    public TensorDType DType => _layout.DType;

    /// <summary>Dimensions; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape => _layout.Shape;

    /// <summary>Bytes of the tensor.</summary>
    public long ByteCount => _layout.ByteCount;

    /// <summary>Address of the first byte (row-major, little-endian, not necessarily aligned); throws when the file is disposed.</summary>
    public nint Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(File.IsDisposed, File);
            return _pointer;
        }
    }

    /// <summary>The bytes as a span; throws when there are more than a span can hold.</summary>
    public unsafe ReadOnlySpan<byte> Bytes => new((void*)Pointer, checked((int)ByteCount));

    /// <summary>The elements as <typeparamref name="T"/>, whose size must be that of <see cref="DType"/>.</summary>
    public ReadOnlySpan<T> As<T>()
        where T : unmanaged
    {
        if (System.Runtime.CompilerServices.Unsafe.SizeOf<T>() != DType.Size())
        {
            throw new ArgumentException($"{Name} holds {DType.Name()}, which cannot be read as {typeof(T).Name}");
        }

        return MemoryMarshal.Cast<byte, T>(Bytes);
    }
}
