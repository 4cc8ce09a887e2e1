using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps what a request asks for instead of its policy's choice.</summary>
public static class PlanOverrideMapping
{
    /// <summary>Returns the override, or every fault; call only when <see cref="IsGiven"/>.</summary>
    public static Checked<PlanOverride> ToDomain(Wire.PlanOverride message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var faults = new FaultList();
        var mapped = message.KindCase switch
        {
            Wire.PlanOverride.KindOneofCase.Full => Full(message, faults),
            Wire.PlanOverride.KindOneofCase.Policy => PolicyName(message, faults),
            Wire.PlanOverride.KindOneofCase.ScheduleId => Reference(message, faults),
            Wire.PlanOverride.KindOneofCase.Rates => Rates(message.Rates, faults),
            Wire.PlanOverride.KindOneofCase.Budget => faults.Take(BudgetMapping.ToDomain(message.Budget), "budget") is { } budget
                ? new PlanOverride.BudgetValue(budget)
                : null,
            Wire.PlanOverride.KindOneofCase.Spec => Spec(message, faults),
            _ => throw new ArgumentException("the message names no plan", nameof(message)),
        };
        return faults.Check(() => mapped!);
    }

    /// <summary>Returns whether the message names a plan.</summary>
    public static bool IsGiven(Wire.PlanOverride? message) => message is { KindCase: not Wire.PlanOverride.KindOneofCase.None };

    /// <summary>Returns the message.</summary>
    public static Wire.PlanOverride ToProto(PlanOverride chosen) => chosen switch
    {
        PlanOverride.Full => new Wire.PlanOverride { Full = true },
        PlanOverride.PolicyName named => new Wire.PlanOverride { Policy = named.Name },
        PlanOverride.ScheduleRef reference => new Wire.PlanOverride { ScheduleId = reference.Id.Value },
        PlanOverride.Rates rates => new Wire.PlanOverride { Rates = ToProto(rates) },
        PlanOverride.BudgetValue budget => new Wire.PlanOverride { Budget = BudgetMapping.ToProto(budget.Budget) },
        PlanOverride.Spec spec => new Wire.PlanOverride { Spec = spec.Schedule.ToString() },
        _ => throw new ArgumentOutOfRangeException(nameof(chosen), chosen, "unknown kind of override"),
    };

    /// <summary>Returns the message of both; null when nothing is replaced.</summary>
    public static Wire.PlanOverride? ToProto(PlanOverride? chosen, PlanModes? modes)
    {
        var message = chosen is null ? null : ToProto(chosen);
        if (modes is not null)
        {
            message ??= new Wire.PlanOverride();
            message.Scorer = modes.Scorer?.ToProto() ?? Wire.Scorer.Unspecified;
            message.Positions = modes.Positions?.ToProto() ?? Wire.PositionMode.Unspecified;
            message.Seed = modes.Seed;
            message.Scope = modes.Scope?.ToProto() ?? Wire.BudgetScope.Unspecified;
        }

        return message;
    }

    /// <summary>Returns scorer, position mode, seed and scope where any is given, else null; faults are noted.</summary>
    internal static PlanModes? Modes(Wire.PlanOverride message, FaultList faults)
    {
        var scorer = EnumMapping.ToDomain(message.Scorer, "override.scorer", faults);
        var positions = EnumMapping.ToDomain(message.Positions, "override.positions", faults);
        var scope = ScopeMapping.ToDomain(message.Scope, "override.scope", faults);
        return scorer is null && positions is null && message.Seed == 0 && scope is null
            ? null
            : new PlanModes(scorer, positions, message.Seed) { Scope = scope };
    }

    private static PlanOverride? Full(Wire.PlanOverride message, FaultList faults)
    {
        if (!message.Full)
        {
            faults.Invalid("full", "is false; leave it away to be served by the policy");
        }

        return new PlanOverride.Full();
    }

    private static PlanOverride? PolicyName(Wire.PlanOverride message, FaultList faults)
    {
        if (message.Policy.Length == 0)
        {
            faults.Invalid("policy", "is empty; leave the override away to be served by the default policy");
        }

        return new PlanOverride.PolicyName(message.Policy);
    }

    private static PlanOverride? Reference(Wire.PlanOverride message, FaultList faults)
    {
        if (ScheduleId.TryParse(message.ScheduleId, out var id))
        {
            return new PlanOverride.ScheduleRef(id);
        }

        faults.Invalid("scheduleId", $"'{message.ScheduleId}' is no schedule id");
        return null;
    }

    private static PlanOverride? Rates(Wire.KeepRates message, FaultList faults)
    {
        var rates = faults.Take(KeepRates.Create(message.Rates.ToArray()), "rates");
        if (message.HasFloor && message.Floor < 0)
        {
            faults.Invalid("rates.floor", $"{message.Floor} is negative");
        }

        return rates is null ? null : new PlanOverride.Rates(rates, message.HasFloor ? message.Floor : null);
    }

    private static PlanOverride? Spec(Wire.PlanOverride message, FaultList faults) =>
        faults.Take(ScheduleSpec.Parse(message.Spec), "spec") switch
        {
            null => null,
            IdSpec reference => new PlanOverride.ScheduleRef(reference.Id),
            var spec => new PlanOverride.Spec(spec),
        };

    private static Wire.KeepRates ToProto(PlanOverride.Rates rates)
    {
        var message = new Wire.KeepRates();
        message.Rates.AddRange(rates.Values);
        if (rates.Floor is { } floor)
        {
            message.Floor = floor;
        }

        return message;
    }
}
