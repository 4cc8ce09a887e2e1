using System.Runtime.InteropServices;

namespace Fovea.Faults.Processes;

/// <summary>Sends signals that the base library does not know.</summary>
internal static partial class Signals
{
    /// <summary>Asks a process to end.</summary>
    public const int Terminate = 15;

    /// <summary>Stops a process where it is.</summary>
    public const int Stop = 19;

    /// <summary>Lets a stopped process go on.</summary>
    public const int Continue = 18;

    /// <summary>Sends a signal; false when there is no such process any more.</summary>
    public static bool Send(int process, int signal) => Kill(process, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
