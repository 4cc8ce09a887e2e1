namespace Fovea.Cli.Shell;

/// <summary>Names the exit codes of every command.</summary>
internal static class ExitCodes
{
    /// <summary>The command did what was asked.</summary>
    public const int Ok = 0;

    /// <summary>The command was understood and refused, or it failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a file that it names is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>A service could not be reached or did not answer in time.</summary>
    public const int Unavailable = 3;

    /// <summary>The command was interrupted.</summary>
    public const int Interrupted = 130;
}
