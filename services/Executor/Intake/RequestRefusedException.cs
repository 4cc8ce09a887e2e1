using System.Collections.Immutable;

namespace Fovea.Executor.Intake;

/// <summary>Ends a request that is not served, with every reason.</summary>
internal sealed class RequestRefusedException : Exception
{
    /// <summary>Refuses for several faults; there is at least one.</summary>
    public RequestRefusedException(ImmutableArray<RequestFault> faults)
        : base(Describe(faults))
    {
        Faults = faults;
        Reason = faults.Min(fault => fault.Reason);
    }

    /// <summary>Refuses for one reason that is no fault of a single field.</summary>
    public RequestRefusedException(RefusalReason reason, string message, TimeSpan? retryAfter = null)
        : base(message)
    {
        Faults = [];
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>The reason that decides the status.</summary>
    public RefusalReason Reason { get; }

    /// <summary>All faults; empty when the message says it all.</summary>
    public ImmutableArray<RequestFault> Faults { get; }

    /// <summary>Wait after which another attempt makes sense; null when none is advised.</summary>
    public TimeSpan? RetryAfter { get; }

    private static string Describe(ImmutableArray<RequestFault> faults) =>
        string.Join("; ", faults.Select(fault => fault.Field.Length == 0 ? fault.Message : $"{fault.Field}: {fault.Message}"));
}
