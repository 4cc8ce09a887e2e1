using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Scheduler.Snapshots;
using Grpc.Core;
using DomainPolicy = Fovea.Planning.Policies.Policy;
using DomainProfile = Fovea.Planning.Policies.ModelProfile;
using DomainRule = Fovea.Planning.Policies.ClassRule;
using WireSchedule = Fovea.Contracts.V1.Schedule;

namespace Fovea.Scheduler.Schedules;

/// <summary>Tells which policies cannot do without a schedule.</summary>
internal static class ScheduleUse
{
    /// <summary>Does nothing when no policy and no canary uses the schedule.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION, naming the policies that do.</exception>
    public static void RequireNone(ServingState serving, WireSchedule schedule)
    {
        var users = serving.State.Policies.Values
            .SelectMany(stored => stored.Canary is { } canary ? [stored.Policy, canary.Policy] : new[] { stored.Policy })
            .Where(policy => policy.Rules.Any(rule => rule.HasScheduleId && rule.ScheduleId == schedule.Id))
            .Select(policy => policy.Name)
            .Concat(LosslessUsers(serving, ScheduleId.Parse(schedule.Id)))
            .Distinct(StringComparer.Ordinal)
            .Select(name => $"'{name}'")
            .ToList();
        if (users.Count > 0)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, $"schedule {schedule.Id} is used by policy {string.Join(", ", users)}"));
        }
    }

    /// <summary>Returns the policies with a lossless rule that would find no schedule for a known model any more.</summary>
    private static IEnumerable<string> LosslessUsers(ServingState serving, ScheduleId id)
    {
        var before = serving.Planning.Policies.Tables;
        var after = new ModelTables([], []) { Lossless = [.. before.Lossless.Where(found => found.Id != id)] };
        return serving.Planning.Policies.ServingPolicies
            .Where(policy => policy.Rules.Any(rule => rule.Serve is Serving.Lossless && serving.ModelList.Any(model => IsLast(policy, rule, model))))
            .Select(policy => policy.Name);

        bool IsLast(DomainPolicy policy, DomainRule rule, DomainProfile model) =>
            IsServed(policy.Model, model) && IsServed(rule.Model, model)
            && before.FindLossless(model, rule.RequestClass)?.Id == id && after.FindLossless(model, rule.RequestClass) is null;
    }

    private static bool IsServed(string selector, DomainProfile model) => selector == DomainPolicy.AnyModel || selector == model.Name;
}
