using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Planning.Plans;

namespace Fovea.Cli.Plans;

/// <summary>Is <c>--scorer</c>: what orders vision tokens before a drop.</summary>
internal sealed class ScorerOption : Option<TokenScorer>
{
    /// <summary>Makes the option; its default is the instruction scorer.</summary>
    public ScorerOption(string description = "What ranks vision tokens")
        : base("--scorer")
    {
        HelpName = string.Join('|', ScorerNames.All);
        Description = description;
        CustomParser = Parse;
    }

    private static TokenScorer Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!ScorerNames.TryParse(text, out var scorer))
        {
            result.AddError($"--scorer: '{text}' is unknown, known are {string.Join(", ", ScorerNames.All)}");
        }

        return scorer;
    }
}
