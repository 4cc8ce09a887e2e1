using System.IO.MemoryMappedFiles;

namespace Fovea.Executor.Runtime;

/// <summary>A safetensors file, mapped read-only; its header is checked completely before a tensor can be seen.</summary>
/// <remarks>
/// Safe for several readers. A file that is cut short by another process while it is mapped ends this process, as with any mapped file.
/// </remarks>
internal sealed class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Dictionary<string, TensorEntry> _entries = new(StringComparer.Ordinal);
    private int _disposed;

    private SafetensorsFile(string path, MemoryMappedFile map, MemoryMappedViewAccessor view, SafetensorsHeader header)
    {
        Path = path;
        _map = map;
        _view = view;
        Header = header;
        var start = Acquire(view) + (nint)header.DataStart;
        foreach (var layout in header.Tensors)
        {
            _entries.Add(layout.Name, new TensorEntry(this, layout, start + (nint)layout.Begin));
        }
    }

    /// <summary>Where the file was opened.</summary>
    public string Path { get; }

    /// <summary>The checked header.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => _entries;

    /// <summary>Whether the mapping is gone.</summary>
    public bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Opens the file; throws <see cref="CheckpointException"/> naming every fault of the header.</summary>
    public static SafetensorsFile Open(string path)
    {
        var faults = new FaultList();
        var file = TryOpen(path, faults);
        faults.ThrowIfAny(path);
        return file!;
    }

    /// <summary>Opens the file, or adds every fault and returns null.</summary>
    public static SafetensorsFile? TryOpen(string path, FaultList faults)
    {
        var name = System.IO.Path.GetFileName(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            var header = ReadHeader(stream, name, faults);
            return header is null ? null : Map(path, stream, header);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{name}: {error.Message}");
            return null;
        }
    }

    /// <summary>Unmaps the file; addresses of its tensors are invalid afterwards.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map.Dispose();
        }
    }

    private static SafetensorsHeader? ReadHeader(FileStream stream, string name, FaultList faults)
    {
        var start = new byte[8];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (SafetensorsHeader.ReadLength(start.AsSpan(0, read), stream.Length, name, faults) is not { } length)
        {
            return null;
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, stream.Length, name, faults);
    }

    private static SafetensorsFile Map(string path, FileStream stream, SafetensorsHeader header)
    {
        var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        try
        {
            var view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            return new SafetensorsFile(path, map, view, header);
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    private static unsafe nint Acquire(MemoryMappedViewAccessor view)
    {
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        return (nint)pointer + (nint)view.PointerOffset;
    }
}
