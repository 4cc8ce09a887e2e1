using System.CommandLine;
using Fovea.Cli.Charts;
using Fovea.Cli.Fleet;
using Fovea.Cli.Plans;
using Fovea.Cli.Shell;
using Fovea.Contracts.Mapping;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;

namespace Fovea.Cli.Schedules;

/// <summary>Is <c>schedule plot</c>: draws keep rates by layer, several schedules over each other.</summary>
internal sealed class SchedulePlotCommand : ServiceCommand
{
    private const int MostLayers = 1024;
    private const int MostTokens = 1 << 24;

    private readonly Argument<string[]> _schedules = new("SCHEDULE") { Arity = ArgumentArity.OneOrMore, Description = "Schedule ids, written forms such as fastv:K=2,R=0.5, or files of rates" };
    private readonly Option<string> _out = new("--out") { Required = true, HelpName = "F.svg|F.png", Description = "File to draw to" };
    private readonly Option<int> _layers = new("--layers") { HelpName = "L", Description = "Layers of the model that written forms are for" };
    private readonly Option<string> _model = new("--model") { HelpName = "NAME", Description = "Served model that written forms are for" };
    private readonly Option<string> _shape = new("--shape") { HelpName = "NAME|config.json", Description = "Known shape that written forms are for" };
    private readonly Option<int> _vision = new("--vision-tokens") { HelpName = "N", Description = "Vision tokens that budgets are solved for", DefaultValueFactory = _ => 576 };
    private readonly Option<int> _text = new("--text-tokens") { HelpName = "T", Description = "Other tokens that budgets are solved for", DefaultValueFactory = _ => 75 };
    private readonly Option<bool> _paper = new("--paper") { Description = "Draw the published schedule of LLaVA-1.5-7B, too" };
    private readonly Option<string> _title = new("--title") { HelpName = "TEXT", Description = "Words at the top", DefaultValueFactory = _ => "Keep rate by layer" };

    /// <summary>Makes the command.</summary>
    public SchedulePlotCommand(CliContext context)
        : base("plot", "Draw the keep rates of schedules by layer", context, EndpointOptions.Scheduler())
    {
        Add(_schedules);
        foreach (var option in new Option[] { _out, _layers, _model, _shape, _vision, _text, _paper, _title })
        {
            Add(option);
        }

        Ranges.Bound(_layers, 1, MostLayers);
        Ranges.Bound(_vision, 1, MostTokens);
        Ranges.Bound(_text, 0, MostTokens);
        RequireOne(_layers, _model, _shape);
        RequireOne(_model, _shape);
        _out.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !FigureFile.IsKnown(token.Value)))
            {
                result.AddError($"--out: '{token.Value}' must end in {string.Join(" or ", FigureFile.Extensions)}");
            }
        });
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var source = new PlottedSchedules(session, await ContextAsync(result, session, cancellationToken));
        var curves = await source.LoadAsync(result.GetRequiredValue(_schedules), cancellationToken);
        var path = result.GetRequiredValue(_out);
        await FigureFile.WriteAsync(ScheduleFigure.Of(result.GetRequiredValue(_title), curves, result.GetValue(_paper)), path, cancellationToken);
        if (WantsJson(result))
        {
            Context.WriteJson(ScheduleFigure.ToJson(path, curves));
        }
        else
        {
            Context.Output.WriteLine(path);
        }

        return ExitCodes.Ok;
    }

    private static void RequireOne(Option option, params Option[] others) => option.Validators.Add(result =>
    {
        if (!result.Implicit && others.Any(other => result.GetResult(other) is { Implicit: false }))
        {
            result.AddError("--layers, --model and --shape exclude each other");
        }
    });

    private async Task<ScheduleContext?> ContextAsync(ParseResult result, ServiceSession session, CancellationToken cancellationToken)
    {
        ModelShape? shape = null;
        if (result.GetValue(_model) is { } name)
        {
            using var model = await ServedModel.FindAsync(session, name, cancellationToken);
            shape = CliException.Require(ModelProfileMapping.ToDomain(model.Profile), $"model '{name}': ").Shape;
        }
        else if (result.GetValue(_shape) is { } text)
        {
            shape = ShapeSource.Load(text);
        }
        else if (result.GetResult(_layers) is { Implicit: false })
        {
            // Forms that need more than the depth, such as FLOPs budgets, need a model or a shape.
            var known = KnownShapes.Get("llava-1.5-7b");
            shape = known with { Language = known.Language with { Layers = result.GetValue(_layers) } };
        }

        return shape is null ? null : new ScheduleContext { Shape = shape, VisionTokens = result.GetValue(_vision), TextTokens = result.GetValue(_text) };
    }
}
