using System.Diagnostics;
using System.Globalization;

namespace Fovea.Faults.Processes;

/// <summary>Kills every process that was started when this one is gone, however it went.</summary>
/// <remarks>
/// A shell reads process ids from a pipe whose other end only this process holds. When the pipe ends, the shell kills what it
/// has read, stopped processes included.
/// </remarks>
internal sealed class OrphanGuard : IDisposable
{
    private const string Script = """
        alive=
        while read -r sign pid; do
          case $sign in
            +) alive="$alive $pid" ;;
            -) rest=; for one in $alive; do [ "$one" = "$pid" ] || rest="$rest $one"; done; alive=$rest ;;
          esac
        done
        [ -z "$alive" ] || kill -KILL $alive 2>/dev/null
        """;

    private readonly Process _shell;
    private readonly Lock _gate = new();

    /// <summary>Starts the guard.</summary>
    public OrphanGuard()
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        _shell = Process.Start(start)!;
    }

    /// <summary>Gets the guard of this process.</summary>
    public static OrphanGuard Shared { get; } = new();

    /// <summary>Gets the guard's own process id.</summary>
    public int Id => _shell.Id;

    /// <summary>Takes a process into care.</summary>
    public void Add(int process) => Write('+', process);

    /// <summary>Forgets a process that has ended.</summary>
    public void Remove(int process) => Write('-', process);

    /// <summary>Ends the guard, which kills what it still cares for.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _shell.StandardInput.Dispose();
        }

        _shell.WaitForExit();
        _shell.Dispose();
    }

    private void Write(char sign, int process)
    {
        lock (_gate)
        {
            _shell.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sign} {process}"));
            _shell.StandardInput.Flush();
        }
    }
}
