using System.Collections.Frozen;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;

namespace Fovea.Contracts.Mapping;

/// <summary>Is a snapshot ready to decide by: the domain's policies and schedules, with written schedules put in place of their ids.</summary>
/// <remarks>Immutable, safe for any number of threads. <see cref="PlanDecider"/> decides by it.</remarks>
public sealed class PlanningSnapshot
{
    private readonly FrozenDictionary<ScheduleId, WrittenSchedule> _written;
    private readonly Dictionary<Serving, WrittenSchedule> _servings = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes a snapshot of valid parts.</summary>
    internal PlanningSnapshot(V1.Snapshot message, IEnumerable<Policy> policies, IReadOnlyCollection<MappedSchedule> schedules)
    {
        _written = schedules.Select(schedule => schedule.Written).OfType<WrittenSchedule>().ToFrozenDictionary(schedule => schedule.Id);
        Policies = new PolicySnapshot(
            message.Epoch,
            message.Revision,
            policies.Select(Expand).ToList(),
            schedules.Select(schedule => schedule.ByRates).OfType<Schedule>());
    }

    /// <summary>Gets the domain's snapshot.</summary>
    public PolicySnapshot Policies { get; }

    /// <summary>Gets the epoch.</summary>
    public string Epoch => Policies.Epoch;

    /// <summary>Gets the revision.</summary>
    public long Revision => Policies.Revision;

    /// <summary>Returns the written schedule of that id, or null.</summary>
    internal WrittenSchedule? FindWritten(ScheduleId id) => _written.GetValueOrDefault(id);

    /// <summary>Returns the written schedule by which a rule of a policy serves, or null when it serves by something else.</summary>
    internal WrittenSchedule? FindWritten(string policy, string model, string ruleClass) =>
        Policies.FindPolicy(policy, model)?.FindRule(ruleClass) is { } rule ? _servings.GetValueOrDefault(rule.Serve) : null;

    private Policy Expand(Policy policy) => policy with { Rules = [.. policy.Rules.Select(Expand)] };

    private ClassRule Expand(ClassRule rule)
    {
        if (rule.Serve is not Serving.BySchedule reference || FindWritten(reference.Id) is not { } written)
        {
            return rule;
        }

        var serve = new Serving.BySpec(written.Spec);
        _servings.Add(serve, written);
        return rule with { Serve = serve };
    }
}
