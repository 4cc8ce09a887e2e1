using System.Collections.Immutable;
using Google.Protobuf;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Maps what a state holds to the names and bodies that Redis keeps; bodies are JSON, as in the file of the embedded store.</summary>
internal static class ResourceMap
{
    /// <summary>Returns what a change writes; the body is null when it removes.</summary>
    /// <param name="next">The state after the change.</param>
    /// <param name="change">The change.</param>
    public static (ResourceKind Kind, string Name, string? Body) ToWrite(StoreState next, StoreChange change)
    {
        var (kind, name) = change switch
        {
            StoreChange.PutPolicy put => (ResourceKind.Policy, put.Policy.Name),
            StoreChange.DeletePolicy delete => (ResourceKind.Policy, delete.Name),
            StoreChange.PutSchedule put => (ResourceKind.Schedule, put.Schedule.Id),
            StoreChange.DeleteSchedule delete => (ResourceKind.Schedule, delete.Id),
            StoreChange.PutModel put => (ResourceKind.Model, put.Model.Name),
            StoreChange.PutBudgetTable put => (ResourceKind.BudgetTable, put.Table.Model),
            StoreChange.PutCostTable put => (ResourceKind.CostTable, put.Table.Model),
            _ => throw new ArgumentException($"unknown change {change.GetType().Name}", nameof(change)),
        };
        return (kind, name, Find(next, kind, name) is { } message ? JsonFormatter.Default.Format(message) : null);
    }

    /// <summary>Returns everything that a state holds.</summary>
    public static IEnumerable<(ResourceKind Kind, string Name, string Body)> All(StoreState state) =>
    [
        .. Bodies(ResourceKind.Policy, state.Policies),
        .. Bodies(ResourceKind.Schedule, state.Schedules),
        .. Bodies(ResourceKind.Model, state.Models),
        .. Bodies(ResourceKind.BudgetTable, state.BudgetTables),
        .. Bodies(ResourceKind.CostTable, state.CostTables),
    ];

    /// <summary>Returns the state with one message put or, when the body is empty, removed; its numbers stay.</summary>
    /// <exception cref="InvalidProtocolBufferException">The body is not what this version knows.</exception>
    public static StoreState With(StoreState state, ResourceKind kind, string name, string body) => kind switch
    {
        ResourceKind.Policy => state with { Policies = Set(state.Policies, name, body) },
        ResourceKind.Schedule => state with { Schedules = Set(state.Schedules, name, body) },
        ResourceKind.Model => state with { Models = Set(state.Models, name, body) },
        ResourceKind.BudgetTable => state with { BudgetTables = Set(state.BudgetTables, name, body) },
        ResourceKind.CostTable => state with { CostTables = Set(state.CostTables, name, body) },
        _ => throw new ArgumentException($"unknown kind {kind}", nameof(kind)),
    };

    private static IMessage? Find(StoreState state, ResourceKind kind, string name) => kind switch
    {
        ResourceKind.Policy => state.Policies.GetValueOrDefault(name),
        ResourceKind.Schedule => state.Schedules.GetValueOrDefault(name),
        ResourceKind.Model => state.Models.GetValueOrDefault(name),
        ResourceKind.BudgetTable => state.BudgetTables.GetValueOrDefault(name),
        ResourceKind.CostTable => state.CostTables.GetValueOrDefault(name),
        _ => throw new ArgumentException($"unknown kind {kind}", nameof(kind)),
    };

    private static IEnumerable<(ResourceKind Kind, string Name, string Body)> Bodies<T>(ResourceKind kind, ImmutableSortedDictionary<string, T> messages)
        where T : IMessage =>
        messages.Select(pair => (kind, pair.Key, JsonFormatter.Default.Format(pair.Value)));

    private static ImmutableSortedDictionary<string, T> Set<T>(ImmutableSortedDictionary<string, T> messages, string name, string body)
        where T : IMessage, new() =>
        body.Length == 0 ? messages.Remove(name) : messages.SetItem(name, JsonParser.Default.Parse<T>(body));
}
