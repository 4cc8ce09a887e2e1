using System.Runtime.InteropServices;

namespace Fovea.Executor.Runtime;

/// <summary>Lets go of the memory behind parts of mapped files that have been copied; they can still be read again.</summary>
internal static partial class MappedPages
{
    private const int DontNeed = 4;

    /// <summary>Takes the whole pages among some bytes out of this process' memory; a hint, which changes no content.</summary>
    /// <param name="start">Address of the first byte, inside a read-only mapping.</param>
    /// <param name="count">Bytes.</param>
    public static void LetGo(nint start, long count)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var page = (nint)Environment.SystemPageSize;
        var first = (start + page - 1) / page * page;
        var end = (nint)(start + count) / page * page;
        if (end > first)
        {
            _ = Advise(first, (nuint)(end - first), DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);
}
