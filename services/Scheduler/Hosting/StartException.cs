namespace Fovea.Scheduler.Hosting;

/// <summary>Says everything that keeps the scheduler from starting and that its operator can mend.</summary>
internal sealed class StartException : Exception
{
    /// <summary>Makes the exception of one or more faults.</summary>
    public StartException(IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>Gets the faults, one sentence each.</summary>
    public IReadOnlyList<string> Faults { get; }
}
