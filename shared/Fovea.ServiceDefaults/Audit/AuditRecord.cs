namespace Fovea.ServiceDefaults.Audit;

/// <summary>One change, or one attempt at a change: who, what, from, to.</summary>
/// <param name="Method">The path of the method, or the name of the part that acted by itself.</param>
/// <param name="Subject">Who acted.</param>
/// <param name="Result">The status with which it ended.</param>
public sealed record AuditRecord(string Method, string Subject, string Result)
{
    /// <summary>The tenant for which it was done; empty for none.</summary>
    public string Tenant { get; init; } = string.Empty;

    /// <summary>The address of the caller; empty when nobody called.</summary>
    public string Peer { get; init; } = string.Empty;

    /// <summary>What was changed, for instance <c>policy/default</c>; empty when that is not known.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>The revision before; null when there was none or nothing was changed.</summary>
    public long? From { get; init; }

    /// <summary>The revision after; null when there is none or nothing was changed.</summary>
    public long? To { get; init; }

    /// <summary>Why it was done, or why it was not.</summary>
    public string Reason { get; init; } = string.Empty;
}
