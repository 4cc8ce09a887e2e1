using System.Security.Cryptography;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Executor.Planning;

/// <summary>Keeps the last good snapshot on disk; a kill at any moment leaves either the old file or the new one, never a part.</summary>
/// <remarks>
/// Layout: <c>FOVEA1</c> and a line feed, SHA-256 of the rest, then the bytes of <see cref="Snapshot"/>. The time of the last write
/// is the time at which the scheduler last confirmed the snapshot. Called by one thread at a time.
/// </remarks>
internal sealed class SnapshotFile
{
    private const string FileName = "snapshot.bin";

    private readonly string _path;
    private readonly TimeProvider _time;

    /// <summary>Places the file in <paramref name="directory"/>, which is made if it does not exist.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public SnapshotFile(string directory, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        _path = Path.Combine(directory, FileName);
        _time = time;
    }

    private static ReadOnlySpan<byte> Magic => "FOVEA1\n"u8;

    /// <summary>Reads the snapshot and how long ago it was confirmed; null when there is no file.</summary>
    /// <exception cref="InvalidDataException">The file is not a whole snapshot; the message names it.</exception>
    public SavedSnapshot? Load()
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(_path).AsSpan();
        var age = _time.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(_path), TimeSpan.Zero);
        return new SavedSnapshot(Parse(bytes), age > TimeSpan.Zero ? age : TimeSpan.Zero);
    }

    /// <summary>Replaces the file by this snapshot, on disk before the call returns.</summary>
    public void Save(Snapshot snapshot)
    {
        var payload = snapshot.ToByteArray();
        var temporary = _path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Magic);
            file.Write(SHA256.HashData(payload));
            file.Write(payload);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
        Confirm();
    }

    /// <summary>Notes that the scheduler has confirmed the snapshot just now.</summary>
    public void Confirm()
    {
        if (File.Exists(_path))
        {
            File.SetLastWriteTimeUtc(_path, _time.GetUtcNow().UtcDateTime);
        }
    }

    private Snapshot Parse(ReadOnlySpan<byte> bytes)
    {
        var header = Magic.Length + SHA256.HashSizeInBytes;
        if (bytes.Length < header || !bytes.StartsWith(Magic))
        {
            throw new InvalidDataException($"{_path} is not a snapshot file: {bytes.Length} bytes without its header.");
        }

        var payload = bytes[header..];
        if (!SHA256.HashData(payload).AsSpan().SequenceEqual(bytes[Magic.Length..header]))
        {
            throw new InvalidDataException($"{_path} is damaged: the digest of its {payload.Length} bytes is not the one in its header.");
        }

        try
        {
            return Snapshot.Parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"{_path} holds no snapshot: {e.Message}", e);
        }
    }
}
