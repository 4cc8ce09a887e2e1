using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Cli.Shell;

/// <summary>Ends a command with an exit code and names every fault that was found.</summary>
internal sealed class CliException : Exception
{
    /// <summary>Makes an exception for one fault.</summary>
    public CliException(int exitCode, string fault)
        : this(exitCode, [fault])
    {
    }

    /// <summary>Makes an exception for several faults.</summary>
    public CliException(int exitCode, IEnumerable<string> faults)
        : base("The command failed.")
    {
        ExitCode = exitCode;
        Faults = [.. faults];
    }

    /// <summary>Gets the exit code of the process.</summary>
    public int ExitCode { get; }

    /// <summary>Gets one line for each fault.</summary>
    public ImmutableArray<string> Faults { get; }

    /// <summary>Returns the value, or throws a usage fault for everything that is wrong with it.</summary>
    public static T Require<T>(Checked<T> value, string prefix = "")
        where T : class =>
        value.Value ?? throw new CliException(ExitCodes.Usage, value.Faults.Select(fault => prefix + fault));
}
