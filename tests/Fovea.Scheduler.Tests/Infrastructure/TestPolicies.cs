using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Makes the policies and schedules that tests store.</summary>
internal static class TestPolicies
{
    public static Policy Full(string name, int floor = 1) =>
        new() { Name = name, Model = "*", Floor = floor, Rules = { new ClassRule { RequestClass = "*", Full = true } } };

    /// <summary>A policy that is large beside a small one, so that a difference without it is worth sending.</summary>
    public static Policy Large(string name)
    {
        var policy = Full(name);
        policy.Rules.AddRange(Enumerable.Range(0, 30).Select(index => new ClassRule { RequestClass = $"class-{index}", Spec = "uniform:r=0.5" }));
        return policy;
    }

    public static Policy BySpec(string name, string spec) =>
        new() { Name = name, Model = "*", Rules = { new ClassRule { RequestClass = "*", Spec = spec } } };

    public static Policy BySchedule(string name, string id, string model = "*") =>
        new() { Name = name, Model = model, Rules = { new ClassRule { RequestClass = "*", ScheduleId = id } } };

    public static Policy ByBudget(string name, Budget budget) =>
        new() { Name = name, Model = "*", Rules = { new ClassRule { RequestClass = "*", Budget = new BudgetRule { Budget = budget } } } };

    public static Schedule Rates(int layers, double rate, string model = "*", int first = 3)
    {
        var schedule = new Schedule { Name = "half", Model = model };
        schedule.Rates.AddRange(Enumerable.Range(0, layers).Select(layer => layer < first ? 1 : rate));
        return schedule;
    }
}
