using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Snapshots;
using DomainPolicy = Fovea.Planning.Policies.Policy;
using DomainRule = Fovea.Planning.Policies.ClassRule;

namespace Fovea.Scheduler.Schedules;

/// <summary>Tells which policies a new budget table leaves without a plan.</summary>
/// <remarks>
/// A budget that names no shape is served by the model's table, so one outside the table is refused from then on. Whether a mean keep rate
/// is outside holds for every request; whether another budget is depends on the request, so all are tried on one.
/// </remarks>
internal static class TableEffects
{
    /// <summary>Returns the policies that had a plan before and have none after, in order of their names, each with the faults of its classes.</summary>
    /// <param name="before">What was served without the table.</param>
    /// <param name="after">What is served with it.</param>
    /// <param name="table">The table.</param>
    /// <param name="request">A request such as the table was searched on; its class does not count.</param>
    public static ImmutableArray<(string Policy, string Faults)> Broken(ServingState before, ServingState after, BudgetTable table, PlanRequest request)
    {
        if (!after.Models.TryGetValue(table.Model, out var known))
        {
            return [];
        }

        var model = known with { Revision = table.ModelRevision };
        var resolver = new PlanResolver(0);
        return
        [
            .. after.Planning.Policies.Versions
                .Where(stored => ReferenceEquals(stored, after.Planning.Policies.FindVersions(stored.Policy.Name, model.Name)))
                .SelectMany(stored => stored.Canary is { } canary ? [stored.Policy, canary.Policy] : new[] { stored.Policy })
                .OrderBy(policy => policy.Name, StringComparer.Ordinal)
                .Select(policy => (policy.Name, Faults: string.Join("; ", policy.Rules.SelectMany(rule => Broken(policy, rule)))))
                .Where(policy => policy.Faults.Length > 0),
        ];

        IEnumerable<string> Broken(DomainPolicy policy, DomainRule rule) =>
            rule.Serve is Serving.ByBudget { IsShapeOpen: true } && Serves(rule, model.Name) && Faults(before, policy, rule).IsEmpty
                ? Faults(after, policy, rule).Select(fault => $"class {rule.Label}: {fault.Message}")
                : [];

        ImmutableArray<PlanFault> Faults(ServingState serving, DomainPolicy policy, DomainRule rule) =>
            resolver.Resolve(Only(policy, serving.Planning.Policies), model, request with { RequestClass = rule.RequestClass, Tenant = rule.Tenant }).Faults;

        static bool Serves(DomainRule rule, string model) => rule.Model == DomainPolicy.AnyModel || rule.Model == model;
    }

    /// <summary>Returns a snapshot in which every request is served by the one policy.</summary>
    private static PolicySnapshot Only(DomainPolicy policy, PolicySnapshot snapshot) =>
        new(snapshot.Epoch, snapshot.Revision, [policy with { Name = DomainPolicy.DefaultName }], snapshot.Schedules, snapshot.Tables);
}
