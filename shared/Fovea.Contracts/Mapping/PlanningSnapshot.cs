using System.Collections.Frozen;
using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Validation;

namespace Fovea.Contracts.Mapping;

/// <summary>Is a snapshot ready to decide by: the domain's policies and schedules, with written schedules put in place of their ids.</summary>
/// <remarks>Immutable, safe for any number of threads. <see cref="PlanDecider"/> decides by it.</remarks>
public sealed class PlanningSnapshot
{
    private readonly FrozenDictionary<ScheduleId, WrittenSchedule> _written;
    private readonly Dictionary<Serving, WrittenSchedule> _servings = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes a snapshot of valid parts.</summary>
    internal PlanningSnapshot(
        V1.Snapshot message, IEnumerable<VersionedPolicy> policies, IReadOnlyCollection<MappedSchedule> schedules, ModelTables tables)
    {
        _written = schedules.Select(schedule => schedule.Written).OfType<WrittenSchedule>().ToFrozenDictionary(schedule => schedule.Id);
        CanaryPolicies = [.. message.Policies.Where(stored => stored.Canary is not null)];
        Policies = PolicySnapshot.OfVersions(
            message.Epoch,
            message.Revision,
            policies.Select(Expand),
            schedules.Select(schedule => schedule.ByRates).OfType<Schedule>(),
            tables);
    }

    /// <summary>Gets the domain's snapshot.</summary>
    public PolicySnapshot Policies { get; }

    /// <summary>Gets the policies that have a canary, as they are stored; the messages are shared and never changed.</summary>
    public ImmutableArray<V1.StoredPolicy> CanaryPolicies { get; }

    /// <summary>Gets the epoch.</summary>
    public string Epoch => Policies.Epoch;

    /// <summary>Gets the revision.</summary>
    public long Revision => Policies.Revision;

    /// <summary>Returns the written schedule of that id, or null.</summary>
    internal WrittenSchedule? FindWritten(ScheduleId id) => _written.GetValueOrDefault(id);

    /// <summary>Returns the written schedule by which a rule of this snapshot serves, or null when it serves by something else.</summary>
    internal WrittenSchedule? FindWritten(ClassRule rule) => _servings.GetValueOrDefault(rule.Serve);

    /// <summary>Returns every fault of a policy against this snapshot's schedules and the known models.</summary>
    public ImmutableArray<PlanFault> FaultsOf(Policy policy, ImmutableArray<ModelProfile> models)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var expanded = policy with { Rules = [.. policy.Rules.Select(rule => Written(rule) is { } written ? By(rule, written) : rule)] };
        var faults = new FaultList();
        faults.AddRange(PolicyValidator.Validate(expanded, new PolicyContext { Schedules = Policies.FindSchedule, Tables = Policies.Tables, Models = models }));
        for (var index = 0; index < policy.Rules.Length; index++)
        {
            AddMisfits(policy, index, models, faults);
        }

        return faults.ToImmutable();
    }

    private static ClassRule By(ClassRule rule, WrittenSchedule written) => rule with { Serve = new Serving.BySpec(written.Spec) };

    private WrittenSchedule? Written(ClassRule rule) => rule.Serve is Serving.BySchedule reference ? FindWritten(reference.Id) : null;

    private void AddMisfits(Policy policy, int index, ImmutableArray<ModelProfile> models, FaultList faults)
    {
        if (Written(policy.Rules[index]) is not { } written)
        {
            return;
        }

        var selector = policy.Rules[index].Model == Policy.AnyModel ? policy.Model : policy.Rules[index].Model;
        var served = selector == Policy.AnyModel ? models.Select(model => model.Name) : [selector];
        faults.AddRange(served.SelectMany(model => written.FaultsFor(model)), $"rules[{index}]");
    }

    private VersionedPolicy Expand(VersionedPolicy stored) => stored with
    {
        Policy = Expand(stored.Policy),
        Canary = stored.Canary is { } canary ? canary with { Policy = Expand(canary.Policy) } : null,
    };

    private Policy Expand(Policy policy) => policy with { Rules = [.. policy.Rules.Select(Expand)] };

    private ClassRule Expand(ClassRule rule)
    {
        if (Written(rule) is not { } written)
        {
            return rule;
        }

        var expanded = By(rule, written);
        _servings.Add(expanded.Serve, written);
        return expanded;
    }
}
