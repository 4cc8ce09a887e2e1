using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text;

/// <summary>Reads whole files of bounded size.</summary>
internal static class SmallFile
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const long MaxBytes = 32L << 20;

    /// <summary>The file's bytes; a missing, too large or unreadable one is a fault and gives null.</summary>
    public static byte[]? Load(string path, FaultList faults)
    {
        var name = Path.GetFileName(path);
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                faults.Add($"{name}: the file is missing");
                return null;
            }

            if (info.Length > MaxBytes)
            {
                faults.Add($"{name}: {info.Length} bytes is more than the {MaxBytes} bytes that are read");
                return null;
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{name}: {error.Message}");
            return null;
        }
    }
}
