namespace Fovea.Executor.Runtime;

/// <summary>Says that a file of a checkpoint cannot be used, with every reason.</summary>
internal sealed class CheckpointException : Exception
{
    /// <summary>Makes the error for <paramref name="subject"/> (a file or a folder).</summary>
    public CheckpointException(string subject, IReadOnlyList<string> faults)
        : base($"{subject}: {string.Join("; ", faults)}")
    {
        Subject = subject;
        Faults = faults;
    }

    /// <summary>Makes the error for <paramref name="subject"/> with one reason.</summary>
    public CheckpointException(string subject, string fault)
        : this(subject, [fault])
    {
    }

    /// <summary>The file or folder that was read.</summary>
    public string Subject { get; }

    /// <summary>All reasons, at least one.</summary>
    public IReadOnlyList<string> Faults { get; }
}
