using Fovea.Contracts.Mapping;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Calibration;

/// <summary>Maps candidates of a search.</summary>
public static class CandidateMapping
{
    private const int DefaultFloor = 1;
    private const int MaxPool = 64;

    /// <summary>Returns the schedule on trial, or every fault.</summary>
    /// <param name="message">The candidate; an unspecified scorer is the instruction scorer, an unspecified mode keeps positions.</param>
    /// <param name="layers">Decoder layers of the model.</param>
    public static Checked<TrialSchedule> ToDomain(Wire.Candidate? message, int layers)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no candidate given");
            return faults.ToImmutable();
        }

        var given = message.Rates ?? new Wire.KeepRates();
        if (given.Rates.Count != layers)
        {
            faults.Invalid("rates", $"{given.Rates.Count} rates given, the model has {layers} layers");
        }

        var rates = faults.Take(KeepRates.Create([.. given.Rates]));
        var scorer = EnumMapping.ToDomain(message.Scorer, "scorer", faults);
        var positions = EnumMapping.ToDomain(message.Positions, "positions", faults);
        faults.Range("rates.floor", given.HasFloor ? given.Floor : DefaultFloor, 0, int.MaxValue);
        faults.Range("pool", message.Pool, 0, MaxPool);
        faults.Range("shared_layers", message.SharedLayers, 0, layers);
        return faults.Check(() => new TrialSchedule
        {
            Rates = rates!,
            Floor = given.HasFloor ? given.Floor : DefaultFloor,
            Scorer = scorer ?? default,
            Positions = positions ?? default,
            Seed = message.Seed,
            Pool = message.Pool == 1 ? 0 : message.Pool,
            SharedLayers = message.SharedLayers,
        });
    }
}
