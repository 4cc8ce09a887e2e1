using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps what a class rule serves.</summary>
internal static class ServingMapping
{
    /// <summary>Returns how the rule serves, or every fault.</summary>
    public static Checked<Serving> ToDomain(Wire.ClassRule rule)
    {
        switch (rule.ServeCase)
        {
            case Wire.ClassRule.ServeOneofCase.Full:
                return rule.Full ? new Serving.Full() : Fault("full", "is false; leave it away to serve by something else");
            case Wire.ClassRule.ServeOneofCase.ScheduleId:
                return ScheduleId.TryParse(rule.ScheduleId, out var id)
                    ? new Serving.BySchedule(id)
                    : Fault("scheduleId", $"'{rule.ScheduleId}' is no schedule id");
            case Wire.ClassRule.ServeOneofCase.Spec:
                return BySpec(ScheduleSpec.Parse(rule.Spec));
            case Wire.ClassRule.ServeOneofCase.Budget:
                return ByBudget(rule.Budget);
            case Wire.ClassRule.ServeOneofCase.Lossless:
                return rule.Lossless ? new Serving.Lossless() : Fault("lossless", "is false; leave it away to serve by something else");
            default:
                return Fault(string.Empty, "serves nothing, known are full, lossless, scheduleId, spec and budget");
        }
    }

    /// <summary>Writes how the rule serves into the message.</summary>
    public static void Write(Serving serve, Wire.ClassRule rule)
    {
        switch (serve)
        {
            case Serving.Full:
                rule.Full = true;
                break;
            case Serving.Lossless:
                rule.Lossless = true;
                break;
            case Serving.BySchedule reference:
                rule.ScheduleId = reference.Id.Value;
                break;
            case Serving.BySpec spec:
                rule.Spec = spec.Spec.ToString();
                break;
            case Serving.ByBudget budget:
                rule.Budget = ToProto(budget);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(serve), serve, "unknown kind of serving");
        }
    }

    private static Checked<Serving> BySpec(Checked<ScheduleSpec> spec)
    {
        var faults = new FaultList();
        return faults.Take(spec, "spec") switch
        {
            null => faults.ToImmutable(),
            IdSpec reference => new Serving.BySchedule(reference.Id),
            var written => new Serving.BySpec(written),
        };
    }

    private static Checked<Serving> ByBudget(Wire.BudgetRule rule)
    {
        var faults = new FaultList();
        var budget = faults.Take(BudgetMapping.ToDomain(rule.Budget), "budget.budget");
        CheckPositive("budget.slope", rule.HasSlope ? rule.Slope : 1, faults);
        CheckPositive("budget.amplitude", rule.HasAmplitude ? rule.Amplitude : 1, faults);
        var first = rule.HasFirstDropLayer ? rule.FirstDropLayer : ScheduleSpec.DefaultFirst;
        faults.Range("budget.firstDropLayer", first, 1, int.MaxValue);
        return faults.Check<Serving>(() => new Serving.ByBudget(
            budget!, rule.HasSlope ? rule.Slope : null, rule.HasAmplitude ? rule.Amplitude : null, first));
    }

    private static void CheckPositive(string field, double value, FaultList faults)
    {
        if (!double.IsFinite(value) || value <= 0)
        {
            faults.Invalid(field, FormattableString.Invariant($"{value} must be above 0 and finite"));
        }
    }

    private static Wire.BudgetRule ToProto(Serving.ByBudget budget)
    {
        var rule = new Wire.BudgetRule { Budget = BudgetMapping.ToProto(budget.Budget), FirstDropLayer = budget.First };
        if (budget.Slope is { } slope)
        {
            rule.Slope = slope;
        }

        if (budget.Amplitude is { } amplitude)
        {
            rule.Amplitude = amplitude;
        }

        return rule;
    }

    private static PlanFault Fault(string field, string message) => new(PlanFaultKind.InvalidArgument, field, message);
}
