using Fovea.Contracts.Calibration;
using Fovea.Contracts.V1;
using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Planning.Costs;

namespace Fovea.Executor.Calibration;

/// <summary>Scores one candidate on one sample, with what it costs when served.</summary>
internal sealed class Evaluator
{
    private readonly SampleSteps _steps;
    private readonly TrialDesk _desk;
    private readonly CalibrationMetrics _metrics;

    /// <summary>Scores at a desk.</summary>
    public Evaluator(SampleSteps steps, TrialDesk desk, CalibrationMetrics metrics)
    {
        _steps = steps;
        _desk = desk;
        _metrics = metrics;
    }

    /// <summary>Scores a sample.</summary>
    /// <exception cref="RequestRefusedException">Sample and model, or the image, do not fit.</exception>
    /// <exception cref="ArgumentException">The candidate does not fit the sample.</exception>
    public async Task<SampleScore> ScoreAsync(
        EvaluateSetup setup, StoredSet set, TrialSchedule schedule, (long Shard, int Index) place, CancellationToken cancellationToken)
    {
        var sample = await SampleReader.ReadAsync(set, place.Index, setup.Model, cancellationToken).ConfigureAwait(false);
        var request = new TrialRequest(sample, schedule, setup.Metrics, setup.Plain);
        var outcome = await _steps.RunAsync(
            setup.Model,
            set,
            sample,
            (model, pixels, ends) => _desk.Run(model, request with { Pixels = pixels }, setup.Text, ends),
            cancellationToken).ConfigureAwait(false);
        _metrics.Scored(outcome.AllForwards);
        return Score(setup, sample, outcome, place);
    }

    private static SampleScore Score(EvaluateSetup setup, Sample sample, TrialOutcome outcome, (long Shard, int Index) place)
    {
        var (shape, plan) = (setup.Model.Profile.Shape, outcome.Plan);
        var layout = TokenLayout.For(plan.Scorer, plan.VisionTokens, sample.Prompt.TextTokens, sample.InstructionTokens);
        return new SampleScore
        {
            Shard = place.Shard,
            Sample = place.Index,
            Correct = outcome.Correct,
            Agrees = outcome.Agrees,
            Nll = outcome.Nll,
            Kl = outcome.Kl,
            LayerForwards = outcome.LayerForwards,
            PrefillFlops = CostModel.Evaluate(shape, plan.Counts.AsSpan(), layout, CostAccounting.Executed).LanguageFlops,
            FullPrefillFlops = CostModel.EvaluateFull(shape, layout, CostAccounting.Executed).LanguageFlops,
            Text = outcome.Text,
            MeanKeep = CostModel.MeanKeep(plan.Counts.AsSpan(), plan.VisionTokens),
        };
    }
}
