using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Holds the words of policies for values of the contract's enums.</summary>
internal static class PolicyWords
{
    /// <summary>Gets the words for kinds of override.</summary>
    public static IReadOnlyDictionary<string, OverrideKind> OverrideKinds { get; } = new Dictionary<string, OverrideKind>(StringComparer.Ordinal)
    {
        ["full"] = OverrideKind.Full,
        ["policy"] = OverrideKind.Policy,
        ["schedule"] = OverrideKind.Schedule,
        ["rates"] = OverrideKind.Rates,
        ["budget"] = OverrideKind.Budget,
        ["spec"] = OverrideKind.Spec,
    };

    /// <summary>Returns how a version came about, in words; empty when that was not recorded.</summary>
    public static string Of(PolicyAction action) => action switch
    {
        PolicyAction.Applied => "applied",
        PolicyAction.Deleted => "deleted",
        PolicyAction.RolledBack => "rolled back",
        PolicyAction.CanaryStarted => "canary started",
        PolicyAction.CanaryPromoted => "canary promoted",
        PolicyAction.CanaryAborted => "canary aborted",
        PolicyAction.CanaryFailed => "canary failed",
        _ => string.Empty,
    };
}
