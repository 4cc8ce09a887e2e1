namespace Fovea.Scheduler.Canaries;

/// <summary>Says what was found of a canary.</summary>
internal enum CanaryFinding
{
    /// <summary>Too little was served to judge.</summary>
    Waiting,

    /// <summary>No limit is broken.</summary>
    Healthy,

    /// <summary>An executor refused a snapshot with it.</summary>
    Refused,

    /// <summary>More of its requests fail than of the rest.</summary>
    Errors,

    /// <summary>Its answers agree too little with the full model's.</summary>
    Agreement,

    /// <summary>Its first tokens come too late.</summary>
    Latency,
}
