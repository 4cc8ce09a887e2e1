using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Decides the plan of a descriptor; scheduler and executor decide by this one class, so equal inputs give equal digests.</summary>
/// <remarks>
/// The flow is: 1. map the descriptor, 2. put a written schedule in place of its id, 3. resolve, 4. name the written
/// schedule that a rule served by.
/// Safe for any number of threads.
/// </remarks>
public sealed class PlanDecider
{
    private readonly PlanResolver _resolver;

    /// <summary>Makes a decider with its own resolver.</summary>
    public PlanDecider()
        : this(new PlanResolver())
    {
    }

    /// <summary>Makes a decider over a resolver.</summary>
    public PlanDecider(PlanResolver resolver) => _resolver = resolver;

    /// <summary>Returns the plan with what it was decided by, or every fault that prevents one.</summary>
    /// <param name="snapshot">The policies now valid, or null if none were received yet.</param>
    /// <param name="profile">The model that serves the request.</param>
    /// <param name="descriptor">The request.</param>
    public PlanResolution Decide(PlanningSnapshot? snapshot, ModelProfile profile, Wire.PlanDescriptor descriptor) =>
        Decide(snapshot, profile, PlanRequestMapping.ToDomain(descriptor)); // 1

    /// <summary>Returns what the version that does not serve the request would decide, where a canary runs; else the same as <see cref="Decide(PlanningSnapshot?, ModelProfile, Wire.PlanDescriptor)"/>.</summary>
    /// <param name="snapshot">The policies now valid.</param>
    /// <param name="profile">The model that serves the request.</param>
    /// <param name="descriptor">The request.</param>
    public PlanResolution DecideBeside(PlanningSnapshot? snapshot, ModelProfile profile, Wire.PlanDescriptor descriptor)
    {
        var mapped = PlanRequestMapping.ToDomain(descriptor);
        return Decide(snapshot, profile, mapped.IsValid ? mapped.Value with { IsBeside = true } : mapped);
    }

    private PlanResolution Decide(PlanningSnapshot? snapshot, ModelProfile profile, Checked<PlanRequest> mapped)
    {
        ArgumentNullException.ThrowIfNull(profile);
        if (!mapped.IsValid)
        {
            return Refuse(snapshot, mapped.Faults);
        }

        var request = mapped.Value;
        var written = request.Override is PlanOverride.ScheduleRef reference ? snapshot?.FindWritten(reference.Id) : null;
        if (written is not null)
        {
            request = request with { Override = new PlanOverride.Spec(written.Spec) { StoredAs = written.Id } }; // 2
        }

        var resolution = _resolver.Resolve(snapshot?.Policies, profile, request); // 3
        if (!resolution.IsValid)
        {
            return resolution;
        }

        written ??= resolution.Rule is { } rule ? snapshot?.FindWritten(rule) : null;
        if (written is not null)
        {
            var unfit = written.FaultsFor(profile.Name);
            resolution = unfit.Length == 0 ? resolution with { ScheduleId = written.Id } : Refuse(snapshot, unfit); // 4
        }

        return resolution;
    }

    private static PlanResolution Refuse(PlanningSnapshot? snapshot, ImmutableArray<PlanFault> faults) =>
        new() { Faults = faults, Epoch = snapshot?.Epoch ?? string.Empty, Revision = snapshot?.Revision ?? 0 };
}
