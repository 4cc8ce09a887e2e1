using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Prints what a change of a policy has done, or would do.</summary>
internal static class PolicyPrinter
{
    /// <summary>Prints the answer: JSON with a <c>dry_run</c> field, or one line for people; the difference where it is asked for.</summary>
    public static void Print(CliContext context, ApplyPolicyResponse answer, PrintOptions options)
    {
        var diff = options.WantsDiff ? Diff(answer) : [];
        if (options.WantsJson)
        {
            var json = MessageJson.Of(answer);
            json["dry_run"] = options.IsDryRun;
            if (options.WantsDiff)
            {
                json["diff"] = new JsonArray([.. diff.Select(line => JsonValue.Create(line))]);
            }

            context.WriteJson(json);
            return;
        }

        foreach (var line in diff)
        {
            context.Output.WriteLine(line);
        }

        var verb = (options.IsDryRun, answer.Changed) switch
        {
            (true, true) => options.Conditional,
            (false, true) => options.Past,
            _ => "unchanged",
        };
        context.Output.WriteLine($"{verb}: policy {answer.Policy.Policy.Name} at revision {answer.Policy.Revision}{CanaryText(answer.Policy.Canary)}");
    }

    /// <summary>Returns a canary in a few words after a comma; empty for none.</summary>
    public static string CanaryText(Canary? canary) => canary is null
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $", canary on {canary.Share * 100:0.###} % of requests{Since(canary)}");

    /// <summary>Returns the lines by which the policy's YAML differs; of a new canary those between the policy and it.</summary>
    private static IReadOnlyList<string> Diff(ApplyPolicyResponse answer)
    {
        var isTrial = answer.Policy.Canary is not null && !Equals(answer.Policy.Canary, answer.Previous?.Canary);
        var after = isTrial ? answer.Policy.Canary!.Policy : answer.Policy.Policy;
        return LineDiff.Of(answer.Previous is { } previous ? PolicyYaml.Write(previous.Policy) : string.Empty, PolicyYaml.Write(after));
    }

    private static string Since(Canary canary) =>
        canary.Revision == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" since revision {canary.Revision}");
}
