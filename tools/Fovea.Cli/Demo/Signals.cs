using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fovea.Cli.Demo;

/// <summary>Sends signals to processes, which .NET cannot.</summary>
internal static class Signals
{
    private const int Terminate = 15;

    /// <summary>Sends SIGTERM: finish what is running, then end.</summary>
    /// <exception cref="Win32Exception">The process cannot be signalled.</exception>
    public static void SendTerminate(Process process)
    {
        if (kill(process.Id, Terminate) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
