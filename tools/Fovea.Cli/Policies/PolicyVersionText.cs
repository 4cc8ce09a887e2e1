using System.Globalization;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Writes versions of policies for people.</summary>
internal static class PolicyVersionText
{
    private const int MostRules = 3;

    /// <summary>Returns revision, action, time, actor, rules and reason.</summary>
    public static IEnumerable<string> Cells(PolicyVersion version) =>
    [
        version.Revision.ToString(CultureInfo.InvariantCulture),
        PolicyWords.Of(version.Action) + CanaryOf(version),
        version.Time?.ToDateTimeOffset().ToString("u", CultureInfo.InvariantCulture) ?? string.Empty,
        version.Actor,
        Rules(version.Policy?.Policy),
        version.Reason,
    ];

    private static string CanaryOf(PolicyVersion version) =>
        version is { Action: PolicyAction.CanaryStarted, Policy.Canary: { } canary }
            ? string.Create(CultureInfo.InvariantCulture, $" on {canary.Share * 100:0.###} %: {Rules(canary.Policy)}")
            : string.Empty;

    private static string Rules(Policy? policy)
    {
        if (policy is null)
        {
            return string.Empty;
        }

        var rules = string.Join("; ", policy.Rules.Take(MostRules).Select(rule => $"{RuleText.Subject(rule)}: {RuleText.Of(rule)}"));
        return policy.Rules.Count > MostRules ? $"{rules}; and {policy.Rules.Count - MostRules} more" : rules;
    }
}
