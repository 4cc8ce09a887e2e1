using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Planning.Plans;

namespace Fovea.Cli.Plans;

/// <summary>Is <c>--scope</c>: among which tokens of several images the rates choose.</summary>
internal sealed class ScopeOption : Option<BudgetScope>
{
    /// <summary>Makes the option; its default is to rank all images together.</summary>
    public ScopeOption(string description = "Rank the images together, or each by itself")
        : base("--scope")
    {
        HelpName = string.Join('|', ScopeNames.All);
        Description = description;
        CustomParser = Parse;
    }

    private static BudgetScope Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!ScopeNames.TryParse(text, out var scope))
        {
            result.AddError($"--scope: '{text}' is unknown, known are {string.Join(", ", ScopeNames.All)}");
        }

        return scope;
    }
}
