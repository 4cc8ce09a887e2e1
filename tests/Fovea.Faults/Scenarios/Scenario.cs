using Fovea.Contracts.V1;
using Fovea.Faults.Load;
using Fovea.Faults.Stacks;

namespace Fovea.Faults.Scenarios;

/// <summary>One fault, or one storm of them, under a given load.</summary>
/// <param name="Name">Name, unique.</param>
/// <param name="What">What is done, in words.</param>
/// <param name="Plan">Which processes there are.</param>
/// <param name="FaultAsync">Does it; everything has healed when it returns.</param>
internal sealed record Scenario(string Name, string What, StackPlan Plan, Func<ScenarioContext, Task> FaultAsync)
{
    /// <summary>Gets the load; null leaves executors idle.</summary>
    public LoadOptions? Load { get; init; } = new();

    /// <summary>Gets the changes of policies in a second, of each swapper; 0 for none.</summary>
    public double SwapsPerSecond { get; init; } = 10;

    /// <summary>Gets how many swappers race with each other.</summary>
    public int Swappers { get; init; } = 1;

    /// <summary>Gets whether every other change begins a canary, which is then promoted or aborted.</summary>
    public bool UsesCanaries { get; init; }

    /// <summary>Gets the overload ladder of every policy that swappers apply; null for none.</summary>
    public OverloadLadder? Ladder { get; init; }

    /// <summary>Gets the observers of the feed.</summary>
    public int Observers { get; init; } = 2;

    /// <summary>Gets whether it takes many minutes: it is run only once, its times never stretched, and only where long ones are asked for.</summary>
    public bool IsLong { get; init; }

    /// <summary>Gets how many answers may break off after their admission; null for any number.</summary>
    public int? MaxBroken { get; init; }

    /// <summary>Gets how many requests may stay unanswered after all attempts; null for any number.</summary>
    public int? MaxUnanswered { get; init; } = 0;
}
