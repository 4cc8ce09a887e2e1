namespace Fovea.Scheduler.Policies;

/// <summary>Registers the parts of PolicyService.</summary>
internal static class PolicyRegistration
{
    /// <summary>Adds the parts.</summary>
    public static void AddPolicies(this IServiceCollection services) => services
        .AddSingleton<PolicyTools>()
        .AddSingleton<PolicyApply>()
        .AddSingleton<PolicyRollback>()
        .AddSingleton<PolicyRemoval>()
        .AddSingleton<CanaryEnding>()
        .AddSingleton<PolicyHistoryReader>()
        .AddSingleton<PolicyWatch>()
        .AddSingleton<PolicyParts>();
}
