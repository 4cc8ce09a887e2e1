using System.Collections.Immutable;
using Fovea.Cli.Shell;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Prefill;
using Fovea.Planning.Costs;

namespace Fovea.Cli.Benches;

/// <summary>Times full and pruned prefills in turn, so that a drift of the machine meets both alike.</summary>
internal static class PrefillMeasurement
{
    private const double NormEpsilon = 1e-5;
    private const double RotaryBase = 10000;

    /// <summary>Runs the measurement; the first pair of runs is not counted.</summary>
    public static BenchReport Run(BenchRequest request, TextWriter progress, CancellationToken cancellationToken)
    {
        var (context, scorer) = (request.Context, request.Scorer);
        var resolved = CliException.Require(request.Spec.Resolve(context), "--schedule: ");
        var pruned = resolved.Counts(context.VisionTokens, context.Floor);
        ImmutableArray<int> full = [.. Enumerable.Repeat(context.VisionTokens, context.Shape.Layers)];
        using var bench = new PrefillBench(Options(request), context.VisionTokens, context.TextTokens, request.Seed);
        var (fullTimes, prunedTimes) = (new Times(), new Times());
        for (var run = 0; run <= request.Runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            fullTimes.Add(bench.Run(full, scorer), isWarmUp: run == 0);
            prunedTimes.Add(bench.Run(pruned, scorer), isWarmUp: run == 0);
            progress.WriteLine(run == 0 ? "warm" : $"run {run} of {request.Runs}");
        }

        return new BenchReport(request, pruned, fullTimes.Sample(Gflops(full)), prunedTimes.Sample(Gflops(pruned)));

        double Gflops(ImmutableArray<int> counts)
        {
            var layout = TokenLayout.For(scorer, context.VisionTokens, context.TextTokens, context.TextTokens - PrefillBench.LeadingText);
            return CostModel.Evaluate(context.Shape, counts.AsSpan(), layout, CostAccounting.Executed).LanguageFlops / 1e9;
        }
    }

    private static DecoderOptions Options(BenchRequest request)
    {
        var shape = request.Context.Shape.Language;
        var inverse = new float[shape.HeadDim / 2];
        for (var pair = 0; pair < inverse.Length; pair++)
        {
            inverse[pair] = (float)(1 / Math.Pow(RotaryBase, 2.0 * pair / shape.HeadDim));
        }

        var positions = request.Context.VisionTokens + request.Context.TextTokens;
        return new DecoderOptions(shape, NormEpsilon, inverse, positions, request.DType, request.Device);
    }

    private sealed class Times
    {
        private readonly List<double> _wall = [];
        private readonly List<double> _cpu = [];
        private readonly List<double> _ranking = [];

        public void Add(PrefillRun run, bool isWarmUp)
        {
            if (!float.IsFinite(run.Check))
            {
                throw new CliException(ExitCodes.Failed, "a prefill gave a logit that is no number");
            }

            if (!isWarmUp)
            {
                _wall.Add(run.Wall.TotalMilliseconds);
                _cpu.Add(run.Cpu.TotalMilliseconds);
                _ranking.Add(run.Ranking.TotalMilliseconds);
            }
        }

        public BenchSample Sample(double gflops) => new(_wall, _cpu, _ranking, gflops);
    }
}
