using System.Collections.Immutable;

namespace Fovea.Faults.Scenarios;

/// <summary>Lists every scenario.</summary>
internal static class AllScenarios
{
    /// <summary>Gets them in the order in which they are run.</summary>
    public static ImmutableArray<Scenario> List { get; } =
        [.. FileScenarios.All, .. RedisScenarios.All, .. FleetScenarios.All, .. RefusalScenarios.All, .. GuardScenarios.All, .. LimitScenarios.All, .. LongScenarios.All];

    /// <summary>Returns a scenario by its name.</summary>
    public static Scenario Of(string name) => List.Single(scenario => scenario.Name == name);
}
