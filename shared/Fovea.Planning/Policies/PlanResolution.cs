using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Holds the plan of a request with what it was decided by, or every fault that prevents one.</summary>
public sealed record PlanResolution
{
    /// <summary>Gets the plan, or null if there are faults.</summary>
    public KeepPlan? Plan { get; init; }

    /// <summary>Gets the faults; empty if there is a plan.</summary>
    public ImmutableArray<PlanFault> Faults { get; init; } = [];

    /// <summary>Gets the name of the policy; empty if none was used.</summary>
    public string PolicyName { get; init; } = string.Empty;

    /// <summary>Gets the store revision of the policy's version that served; 0 if it is not from a store.</summary>
    public long PolicyRevision { get; init; }

    /// <summary>Gets whether the version that served is on trial.</summary>
    public bool IsCanary { get; init; }

    /// <summary>Gets the rule used, or null if an override took its place.</summary>
    public ClassRule? Rule { get; init; }

    /// <summary>Gets the label of the rule used, possibly <c>*</c>; empty if an override took its place.</summary>
    public string RuleClass => Rule?.Label ?? string.Empty;

    /// <summary>Gets the id of the stored schedule, or null if none was used.</summary>
    public ScheduleId? ScheduleId { get; init; }

    /// <summary>Gets the epoch of the snapshot; empty without one.</summary>
    public string Epoch { get; init; } = string.Empty;

    /// <summary>Gets the revision of the snapshot; 0 without one.</summary>
    public long Revision { get; init; }

    /// <summary>Gets whether no policy could be asked and the built-in one was used, which keeps everything.</summary>
    public bool IsFallback { get; init; }

    /// <summary>Gets the tier of the policy's overload ladder in force; 0 if none was.</summary>
    public int OverloadTier { get; init; }

    /// <summary>Gets whether there is a plan.</summary>
    [MemberNotNullWhen(true, nameof(Plan))]
    public bool IsValid => Plan is not null;

    /// <summary>Returns whether both hold the same decision.</summary>
    public bool Equals(PlanResolution? other) =>
        other is not null
        && Equals(Plan, other.Plan)
        && (PolicyName, RuleClass, ScheduleId, Epoch, Revision, IsFallback)
            == (other.PolicyName, other.RuleClass, other.ScheduleId, other.Epoch, other.Revision, other.IsFallback)
        && OverloadTier == other.OverloadTier
        && (PolicyRevision, IsCanary) == (other.PolicyRevision, other.IsCanary)
        && Sequences.AreEqual(Faults, other.Faults);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Plan, PolicyName, RuleClass, ScheduleId, Epoch, Revision, IsFallback);
}
