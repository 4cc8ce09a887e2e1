using System.Collections.Immutable;

namespace Fovea.Faults.Stacks;

/// <summary>Says which processes a stack has.</summary>
internal sealed record StackPlan
{
    /// <summary>Gets the number of schedulers; more than one needs Redis.</summary>
    public int Schedulers { get; init; } = 1;

    /// <summary>Gets how many of the schedulers, the last ones, are not started with the stack; executors know their addresses.</summary>
    public int LateSchedulers { get; init; }

    /// <summary>Gets the number of executors.</summary>
    public int Executors { get; init; } = 2;

    /// <summary>Gets whether the schedulers store in Redis; in a folder otherwise.</summary>
    public bool UsesRedis { get; init; }

    /// <summary>Gets whether Redis has every write on disk before it acknowledges it; it keeps nothing but snapshots on demand otherwise.</summary>
    public bool IsDurable { get; init; } = true;

    /// <summary>Gets whether no published message ever reaches a scheduler.</summary>
    public bool LosesHints { get; init; }

    /// <summary>Gets a text that never reaches the first executor unharmed; empty for none.</summary>
    public string HarmedText { get; init; } = string.Empty;

    /// <summary>Gets further arguments of every scheduler.</summary>
    public ImmutableArray<string> SchedulerArguments { get; init; } = [];

    /// <summary>Gets further arguments of every executor.</summary>
    public ImmutableArray<string> ExecutorArguments { get; init; } = [];

    /// <summary>Gets arguments that only the first executor has besides.</summary>
    public ImmutableArray<string> FirstExecutorArguments { get; init; } = [];
}
