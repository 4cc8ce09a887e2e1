using System.CommandLine;
using Fovea.Planning.Schedules;

namespace Fovea.Cli.Searches;

/// <summary>Holds the options of a search for each class: the policy that it writes.</summary>
internal sealed class ByClassOptions
{
    private const string SearchedRest = "search";
    private const string FullRest = "full";

    private readonly Option<string> _out = new("--policy-out") { HelpName = "FILE", Description = "Write the policy to this file, with --by-class" };
    private readonly Option<string> _name = new("--policy-name") { HelpName = "NAME", Description = "Name of the policy", DefaultValueFactory = _ => "default" };
    private readonly Option<string> _rest = new("--rest") { HelpName = "search|full|ID", Description = "What serves all other classes: a search over all questions, everything kept, or a stored schedule", DefaultValueFactory = _ => SearchedRest };

    /// <summary>Adds the options to a command; they need <paramref name="byClass"/>.</summary>
    public void AddTo(Command command, Option<bool> byClass)
    {
        _rest.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && text is not (SearchedRest or FullRest) && !ScheduleId.TryParse(text, out _))
            {
                result.AddError($"--rest: '{text}' is neither {SearchedRest}, {FullRest} nor a schedule's id");
            }
        });
        foreach (var option in new Option[] { _out, _name, _rest })
        {
            command.Add(option);
            option.Validators.Add(result =>
            {
                if (!result.Implicit && result.GetResult(byClass) is not { Implicit: false })
                {
                    result.AddError($"{option.Name} needs --by-class");
                }
            });
        }
    }

    /// <summary>Returns what was asked for.</summary>
    public ByClassRequest Read(ParseResult result)
    {
        var rest = result.GetRequiredValue(_rest);
        return new(
            result.GetRequiredValue(_name),
            result.GetValue(_out),
            rest == SearchedRest,
            ScheduleId.TryParse(rest, out var id) ? id.Value : null);
    }
}
