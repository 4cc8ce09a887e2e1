using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Plans;
using Fovea.Cli.Shell;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;

namespace Fovea.Cli.Models;

/// <summary>Is <c>model forward</c>: one prefill by a plan, for checking a checkpoint against a reference.</summary>
internal sealed class ModelForwardCommand : CliCommand
{
    private readonly ModelOption _model = new();
    private readonly Option<string> _inputs = new("--inputs") { Required = true, HelpName = "FILE.safetensors", Description = "input_ids, pixel_values, and image_grid_thw or image_sizes" };
    private readonly Option<string> _schedule = new("--schedule") { HelpName = "SPEC", Description = "full, fastv, pdrop, vtw, sparsevlm, sigmoid, uniform, pool or rates:FILE", DefaultValueFactory = _ => "full" };
    private readonly Option<int> _floor = new("--floor") { HelpName = "N", Description = "Fewest vision tokens of a layer, unless the schedule says", DefaultValueFactory = _ => 1 };
    private readonly ScorerOption _scorer = new();
    private readonly ScopeOption _scope = new();
    private readonly Option<ulong> _seed = PlanSeed.Option();
    private readonly Option<PositionMode> _positions = new("--positions") { HelpName = "keep|renumber", Description = "Position ids after a drop" };
    private readonly DTypeOption _dtype = new();
    private readonly DeviceOption _device = new();
    private readonly Option<string> _out = new("--out") { Required = true, HelpName = "FILE.safetensors", Description = "Where logits and kept indices go" };

    /// <summary>Makes the command.</summary>
    public ModelForwardCommand(CliContext context)
        : base("forward", "Run one prefill and write its logits", context)
    {
        foreach (var option in new Option[] { _model, _inputs, _schedule, _floor, _scorer, _scope, _seed, _positions, _dtype, _device, _out })
        {
            Add(option);
        }

        Ranges.Bound(_floor, 0, int.MaxValue);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var folder = result.GetRequiredValue(_model);
        var spec = CliException.Require(ScheduleSpec.Parse(result.GetRequiredValue(_schedule), File.ReadAllText), "--schedule: ");
        var inputs = ForwardFiles.Read(result.GetRequiredValue(_inputs));
        var source = new ModelSource(folder, Path.GetFileName(Path.GetFullPath(folder)), result.GetValue(_dtype), result.GetValue(_device));
        using var model = ModelLoader.Load(source);
        var plan = MakePlan(result, model, inputs, spec);
        var outputs = ModelForward.Run(model, inputs, plan, cancellationToken);
        ForwardFiles.Write(result.GetRequiredValue(_out), outputs);
        Print(outputs, plan, WantsJson(result));
        return Task.FromResult(ExitCodes.Ok);
    }

    private KeepPlan MakePlan(ParseResult result, LoadedModel model, ForwardInputs inputs, ScheduleSpec spec)
    {
        var prompt = PromptOf(inputs, model);
        var vision = prompt.VisionTokens;
        var context = new ScheduleContext
        {
            Shape = model.Profile.Shape,
            VisionTokens = vision,
            TextTokens = prompt.TextTokens,
            ImageTokens = prompt.ImageVisionTokens,
            Floor = result.GetValue(_floor),
            Scorer = result.GetValue(_scorer),
            Scope = result.GetValue(_scope),
        };
        var resolved = CliException.Require(spec.Resolve(context), "--schedule: ");
        var images = context.Scope == BudgetScope.PerImage && resolved.Pool == 0 ? resolved.ImageCounts(prompt.ImageVisionTokens, context.Floor) : [];
        return new KeepPlan
        {
            Model = model.Profile.Name,
            ModelRevision = model.Profile.Revision,
            Schedule = spec.ToString(),
            VisionTokens = vision,
            Counts = images.IsEmpty ? resolved.Counts(vision, context.Floor) : KeepCounts.Sum(images, context.Shape.Layers),
            Floor = resolved.Floor ?? context.Floor,
            Scorer = context.Scorer,
            Positions = result.GetValue(_positions),
            Seed = result.GetValue(_seed),
            Pool = resolved.Pool,
            Scope = images.IsEmpty ? BudgetScope.Pooled : BudgetScope.PerImage,
            ImageCounts = images,
        };
    }

    private static ModelPrompt PromptOf(ForwardInputs inputs, LoadedModel model)
    {
        try
        {
            return inputs.PromptFor(model);
        }
        catch (ArgumentException e)
        {
            throw new CliException(ExitCodes.Usage, $"--inputs: {e.Message}");
        }
    }

    private void Print(ForwardOutputs outputs, KeepPlan plan, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(new JsonObject
            {
                ["rows"] = outputs.Rows,
                ["vocabulary"] = outputs.Vocabulary,
                ["counts"] = new JsonArray([.. outputs.AppliedCounts.Select(count => (JsonNode)count)]),
                ["digest"] = plan.Digest.Hex,
            });
            return;
        }

        Context.Output.WriteLine($"logits  {outputs.Rows} x {outputs.Vocabulary}");
        Context.Output.WriteLine($"counts  {string.Join(' ', outputs.AppliedCounts)}");
        Context.Output.WriteLine($"digest  {plan.Digest}");
    }
}
