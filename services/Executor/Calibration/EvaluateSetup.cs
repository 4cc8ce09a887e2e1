using Fovea.Contracts.V1;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Intake;

namespace Fovea.Executor.Calibration;

/// <summary>What one stream of trials has agreed on at its start.</summary>
/// <param name="Model">The model.</param>
/// <param name="Text">Its tokenizer and ends.</param>
/// <param name="Metrics">What trials are judged by.</param>
/// <param name="Plain">Whether nothing is reused.</param>
internal sealed record EvaluateSetup(ServedModel Model, TrialText Text, TrialMetrics Metrics, bool Plain)
{
    /// <summary>Reads the opening message.</summary>
    /// <exception cref="RequestRefusedException">Something is wrong; it carries every fault.</exception>
    public static EvaluateSetup Read(EvaluateOpen open, ServedModel model)
    {
        var faults = new RequestFaults();
        if (open.Model.Length > 0 && open.Model != model.Profile.Name)
        {
            faults.Add(RefusalReason.UnknownModel, "model", $"Model '{open.Model}' is not loaded; this executor serves '{model.Profile.Name}'.");
        }

        if (open.ModelRevision != model.Profile.Revision)
        {
            faults.Add(
                RefusalReason.OtherRevision,
                "model_revision",
                $"Revision '{open.ModelRevision}' is not loaded; '{model.Profile.Name}' is loaded at '{model.Profile.Revision}'.");
        }

        var metrics = TrialMetrics.None;
        for (var index = 0; index < open.Metrics.Count; index++)
        {
            metrics |= MetricOf(open.Metrics[index], $"metrics[{index}]", faults);
        }

        if (open.Metrics.Count == 0)
        {
            faults.Invalid("metrics", "No metric is given; known are accuracy (1), agreement (2), nll (3) and kl (4).");
        }

        faults.ThrowIfAny();
        return new EvaluateSetup(model, new TrialText(model.Tokenizer, model.EosIds), metrics, open.Plain);
    }

    private static TrialMetrics MetricOf(Metric metric, string field, RequestFaults faults)
    {
        switch (metric)
        {
            case Metric.Accuracy:
                return TrialMetrics.Accuracy;
            case Metric.Agreement:
                return TrialMetrics.Agreement;
            case Metric.Nll:
                return TrialMetrics.Nll;
            case Metric.Kl:
                return TrialMetrics.Kl;
            default:
                faults.Invalid(field, $"{(int)metric} is no metric; known are accuracy (1), agreement (2), nll (3) and kl (4).");
                return TrialMetrics.None;
        }
    }
}
