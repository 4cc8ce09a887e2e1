using System.Text;

namespace Fovea.ServiceDefaults.Audit;

/// <summary>A file to which lines are appended, whole; others may read, and rotate it by copying. Safe for any number of threads.</summary>
internal sealed class AuditFile : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _stream;

    private AuditFile(FileStream stream)
    {
        _stream = stream;
    }

    /// <summary>Opens a file at its end; it and its folder are made when missing.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static AuditFile Open(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return new AuditFile(new FileStream(full, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete));
    }

    /// <summary>Appends a line.</summary>
    public void Append(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_lock)
        {
            _stream.Write(bytes);
            _stream.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
