using System.CommandLine;
using Fovea.Cli.Models;
using Fovea.Cli.Plans;
using Fovea.Cli.Shell;
using Fovea.Planning.Schedules;
using Fovea.Torch;
using Spectre.Console;

namespace Fovea.Cli.Benches;

/// <summary>Is <c>bench prefill</c>: times prefills of a randomly weighted model, full and pruned in turn.</summary>
internal sealed class BenchPrefillCommand : CliCommand
{
    private const int MostTokens = 1 << 20;
    private const int MostRuns = 1000;

    private readonly Option<string> _shape = new("--shape") { Required = true, HelpName = "NAME|config.json", Description = "Known shape, or a model's config.json" };
    private readonly Option<int> _layers = new("--layers") { HelpName = "L", Description = "Run only this many layers; all when 0" };
    private readonly Option<int> _vision = new("--vision-tokens") { HelpName = "N", Description = "Vision tokens", DefaultValueFactory = _ => 576 };
    private readonly Option<int> _text = new("--text-tokens") { HelpName = "T", Description = "Other prompt tokens", DefaultValueFactory = _ => 75 };
    private readonly Option<string> _schedule = new("--schedule") { Required = true, HelpName = "SPEC", Description = "What is compared with keeping everything" };
    private readonly Option<int> _floor = new("--floor") { HelpName = "N", Description = "Fewest vision tokens of a layer, unless the schedule says", DefaultValueFactory = _ => 1 };
    private readonly ScorerOption _scorer = new();
    private readonly Option<int> _runs = new("--runs") { HelpName = "N", Description = "Measured runs of each", DefaultValueFactory = _ => 5 };
    private readonly Option<int> _seed = new("--seed") { HelpName = "N", Description = "Seed of weights and prompt", DefaultValueFactory = _ => 1 };
    private readonly DTypeOption _dtype = new();
    private readonly DeviceOption _device = new();

    /// <summary>Makes the command.</summary>
    public BenchPrefillCommand(CliContext context)
        : base("prefill", "Time prefills of a randomly weighted model, full against pruned", context)
    {
        foreach (var option in new Option[] { _shape, _layers, _vision, _text, _schedule, _floor, _scorer, _runs, _seed, _dtype, _device })
        {
            Add(option);
        }

        Ranges.Bound(_layers, 0, MostTokens);
        Ranges.Bound(_vision, 1, MostTokens);
        Ranges.Bound(_text, Executor.Prefill.PrefillBench.LeadingText + 1, MostTokens);
        Ranges.Bound(_floor, 0, MostTokens);
        Ranges.Bound(_runs, 1, MostRuns);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var request = Read(result);
        var report = PrefillMeasurement.Run(request, Context.Error, cancellationToken);
        if (WantsJson(result))
        {
            Context.WriteJson(report.ToJson());
        }
        else
        {
            Print(report);
        }

        return Task.FromResult(ExitCodes.Ok);
    }

    private BenchRequest Read(ParseResult result)
    {
        var shape = ShapeSource.Load(result.GetRequiredValue(_shape));
        if (result.GetValue(_layers) is > 0 and var layers)
        {
            shape = shape with { Language = shape.Language with { Layers = Math.Min(layers, shape.Layers) } };
        }

        var spec = CliException.Require(ScheduleSpec.Parse(result.GetRequiredValue(_schedule), File.ReadAllText), "--schedule: ");
        var context = new ScheduleContext
        {
            Shape = shape with { KvBytesPerElement = result.GetValue(_dtype).SizeInBytes() },
            VisionTokens = result.GetValue(_vision),
            TextTokens = result.GetValue(_text),
            Floor = result.GetValue(_floor),
            Scorer = result.GetValue(_scorer),
        };
        return new BenchRequest(context, spec)
        {
            Scorer = result.GetValue(_scorer),
            Runs = result.GetValue(_runs),
            Seed = result.GetValue(_seed),
            DType = result.GetValue(_dtype),
            Device = result.GetValue(_device),
        };
    }

    private void Print(BenchReport report)
    {
        var table = new Table().AddColumn("plan").AddColumn("median ms").AddColumn("least ms").AddColumn("CPU ms").AddColumn("GFLOPs").AddColumn("GFLOPs/s");
        foreach (var (name, sample) in new[] { ("full", report.Full), (report.Spec, report.Pruned) })
        {
            table.AddRow(
                Markup.Escape(name),
                FormattableString.Invariant($"{sample.MedianMs:F1}"),
                FormattableString.Invariant($"{sample.LeastMs:F1}"),
                FormattableString.Invariant($"{sample.CpuMs:F1}"),
                FormattableString.Invariant($"{sample.Gflops:F2}"),
                FormattableString.Invariant($"{sample.Gflops / sample.MedianMs * 1e3:F1}"));
        }

        Context.WriteTable(table);
        Context.Output.WriteLine(FormattableString.Invariant($"{report.Speedup:F2}x faster, {report.FlopsRatio:F2}x fewer operations (language model, as executed)"));
    }
}
