using System.CommandLine;

namespace Fovea.Cli.Policies;

/// <summary>Holds the options that every change of a policy takes.</summary>
internal sealed class ChangeOptions
{
    private readonly Option<long?> _expected = new("--expect", "--expected-revision")
    {
        HelpName = "REVISION",
        Description = "Revision that the policy must have now; 0: it must not exist",
    };

    private readonly Option<string> _reason = new("--reason") { HelpName = "TEXT", Description = "Why, for history", DefaultValueFactory = _ => string.Empty };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_expected);
        command.Add(_reason);
    }

    /// <summary>Returns the revision that is expected, or null.</summary>
    public long? Expected(ParseResult result) => result.GetValue(_expected);

    /// <summary>Returns the reason, possibly empty.</summary>
    public string Reason(ParseResult result) => result.GetValue(_reason) ?? string.Empty;
}
