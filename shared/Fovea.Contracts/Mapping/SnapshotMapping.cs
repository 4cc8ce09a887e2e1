using Fovea.Planning.Policies;
using Fovea.Planning.Tables;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps snapshots of the feed.</summary>
public static class SnapshotMapping
{
    /// <summary>Returns the snapshot, or every fault of every policy, schedule and table in it, references between them included.</summary>
    public static Checked<PlanningSnapshot> ToDomain(Wire.Snapshot? message)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no snapshot given");
            return faults.ToImmutable();
        }

        if (message.Epoch.Length == 0)
        {
            faults.Invalid("epoch", "is empty");
        }

        faults.Range("revision", message.Revision, 0, long.MaxValue);
        var schedules = Schedules(message, faults);
        var policies = Policies(message, faults);
        CheckReferences(message, schedules, faults);
        var budgets = Tables(message.BudgetTables, BudgetTableMapping.ToDomain, table => table.Model, "budgetTables", faults);
        var costs = Tables(message.CostTables, CostTableMapping.ToDomain, table => table.Model, "costTables", faults);
        return faults.Check(() => new PlanningSnapshot(message, policies, schedules, new ModelTables(budgets, costs)
        {
            Lossless = [.. schedules.Select(schedule => schedule.Lossless).OfType<LosslessSchedule>()],
        }));
    }

    private static List<MappedSchedule> Schedules(Wire.Snapshot message, FaultList faults)
    {
        var schedules = new List<MappedSchedule>();
        for (var index = 0; index < message.Schedules.Count; index++)
        {
            if (faults.Take(ScheduleMapping.ToDomain(message.Schedules[index], []), $"schedules[{index}]") is { } schedule)
            {
                schedules.Add(schedule);
            }
        }

        return schedules;
    }

    private static List<VersionedPolicy> Policies(Wire.Snapshot message, FaultList faults)
    {
        var policies = new List<VersionedPolicy>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < message.Policies.Count; index++)
        {
            var stored = faults.Take(StoredPolicyMapping.ToDomain(message.Policies[index]), $"policies[{index}]");
            if (stored is null)
            {
                continue;
            }

            policies.Add(stored);
            if (!seen.Add(stored.Policy.Name))
            {
                faults.Invalid($"policies[{index}].policy.name", $"policy '{stored.Policy.Name}' is given twice");
            }
        }

        return policies;
    }

    /// <summary>Returns the tables of one kind; more than one for a model is a fault.</summary>
    private static List<TDomain> Tables<TWire, TDomain>(
        IReadOnlyList<TWire> messages, Func<TWire, Checked<TDomain>> map, Func<TDomain, string> modelOf, string field, FaultList faults)
        where TDomain : class
    {
        var tables = new List<TDomain>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < messages.Count; index++)
        {
            if (faults.Take(map(messages[index]), $"{field}[{index}]") is not { } table)
            {
                continue;
            }

            tables.Add(table);
            if (!seen.Add(modelOf(table)))
            {
                faults.Invalid($"{field}[{index}].model", $"model '{modelOf(table)}' has a table already");
            }
        }

        return tables;
    }

    private static void CheckReferences(Wire.Snapshot message, List<MappedSchedule> schedules, FaultList faults)
    {
        var known = schedules.Select(schedule => schedule.Id.Value).ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < message.Policies.Count; index++)
        {
            CheckReferences(message.Policies[index].Policy, $"policies[{index}].policy", known, faults);
            CheckReferences(message.Policies[index].Canary?.Policy, $"policies[{index}].canary.policy", known, faults);
        }
    }

    private static void CheckReferences(Wire.Policy? policy, string path, HashSet<string> known, FaultList faults)
    {
        var rules = policy?.Rules ?? [];
        for (var rule = 0; rule < rules.Count; rule++)
        {
            if (rules[rule].HasScheduleId && !known.Contains(rules[rule].ScheduleId))
            {
                faults.Invalid($"{path}.rules[{rule}].scheduleId", $"schedule '{rules[rule].ScheduleId}' is not in the snapshot");
            }
        }
    }
}
