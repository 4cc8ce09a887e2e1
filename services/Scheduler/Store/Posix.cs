using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Fovea.Scheduler.Store;

/// <summary>Reaches the file operations that durability needs and the base library lacks.</summary>
internal static partial class Posix
{
    // O_RDONLY | O_CLOEXEC, which has one value on all of Linux' architectures that .NET runs on.
    private const int ReadOnlyDirectory = 0x80000;

    /// <summary>Makes the names in a folder durable: a rename before it survives a loss of power after it.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synchronised.</exception>
    public static void SyncDirectory(string path)
    {
        var descriptor = OpenFile(path, ReadOnlyDirectory);
        if (descriptor < 0)
        {
            throw LastError("open", path);
        }

        try
        {
            if (SyncFile(descriptor) != 0)
            {
                throw LastError("fsync", path);
            }
        }
        finally
        {
            _ = CloseFile(descriptor);
        }
    }

    /// <summary>Gives a file a second name; the file is not copied.</summary>
    /// <exception cref="IOException">The name exists, or the folder refuses it.</exception>
    public static void Link(string existing, string name)
    {
        if (LinkFile(existing, name) != 0)
        {
            throw LastError("link", name);
        }
    }

    private static IOException LastError(string operation, string path)
    {
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"{operation} of '{path}' failed: {error.Message}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncFile(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int descriptor);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkFile(string existing, string name);
}
