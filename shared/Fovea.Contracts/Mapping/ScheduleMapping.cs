using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps stored schedules, which are given by rates or in written form.</summary>
public static class ScheduleMapping
{
    private const int MaxLabelLength = 200;
    private const string Unnamed = "unnamed";

    /// <summary>Returns the schedule, or every fault by itself and against the known models it names.</summary>
    /// <param name="message">The message; its id may be empty, and is compared otherwise.</param>
    /// <param name="models">Models whose shapes are known.</param>
    public static Checked<MappedSchedule> ToDomain(Wire.Schedule? message, ImmutableArray<ModelProfile> models)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no schedule given");
            return faults.ToImmutable();
        }

        var model = CheckHead(message, faults);
        var mapped = (message.Spec.Length > 0, message.Rates.Count > 0) switch
        {
            (true, false) => Written(message, model, models, faults),
            (false, true) => ByRates(message, model, models, faults),
            _ => Neither(faults),
        };
        if (mapped is not null && message.Id.Length > 0 && message.Id != mapped.Id.Value)
        {
            faults.Invalid("id", $"'{message.Id}' is not the digest of the content, which is {mapped.Id}; leave it empty");
        }

        if (message.Provenance is { } provenance)
        {
            ProvenanceCheck.Check(provenance, faults);
            if (provenance.Lossless && message.Spec.Length > 0)
            {
                faults.Invalid("provenance.lossless", "can be said of rates only, a lossless search writes no schedule");
            }

            mapped = mapped is null ? null : mapped with { Provenance = provenance.Clone() };
        }

        return faults.Check(() => mapped! with { Revision = message.Revision });
    }

    /// <summary>Returns the message of a schedule of rates.</summary>
    public static Wire.Schedule ToProto(Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        var message = new Wire.Schedule { Id = schedule.Id.Value, Name = schedule.Name, Model = schedule.Model };
        message.Rates.AddRange(schedule.Rates);
        if (schedule.Floor is { } floor)
        {
            message.Floor = floor;
        }

        message.Scorer = schedule.Modes?.Scorer?.ToProto() ?? Wire.Scorer.Unspecified;
        message.Positions = schedule.Modes?.Positions?.ToProto() ?? Wire.PositionMode.Unspecified;
        return message;
    }

    /// <summary>Returns the message of a written schedule.</summary>
    public static Wire.Schedule ToProto(WrittenSchedule schedule, string name)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return new Wire.Schedule { Id = schedule.Id.Value, Name = name, Model = schedule.Model, Spec = schedule.Spec.ToString() };
    }

    private static string CheckHead(Wire.Schedule message, FaultList faults)
    {
        var model = message.Model.Length == 0 ? Schedule.Any : message.Model;
        if (model != Schedule.Any && !Names.IsValid(model))
        {
            faults.Invalid("model", $"'{model}' must be 1 to {Names.MaxLength} letters, digits or ._-/: and start with a letter or digit, or be *");
        }

        if (message.Name.Length > MaxLabelLength || message.Name.Any(char.IsControl))
        {
            faults.Invalid("name", $"a label has at most {MaxLabelLength} characters and no control characters");
        }

        return model;
    }

    private static MappedSchedule? Neither(FaultList faults)
    {
        faults.Invalid("rates", "either rates or a spec must be given, not both");
        return null;
    }

    private static MappedSchedule? Written(Wire.Schedule message, string model, ImmutableArray<ModelProfile> models, FaultList faults)
    {
        if (message.HasFloor)
        {
            faults.Invalid("floor", "can be given with rates only, a written schedule takes the policy's");
        }

        if (ModesMapping.ToDomain(message.Scorer, message.Positions, faults) is not null)
        {
            faults.Invalid("scorer", "scorer and positions can be given with rates only, a written schedule takes the policy's");
        }

        var spec = faults.Take(ScheduleSpec.Parse(message.Spec), "spec");
        if (spec is IdSpec or RatesSpec)
        {
            faults.Invalid("spec", $"'{message.Spec}' cannot be stored in written form, give rates");
        }

        if (spec is null)
        {
            return null;
        }

        faults.AddRange(FitFaults(spec, model, models));
        return new MappedSchedule(message.Name, null, new WrittenSchedule(IdOf(model, spec), model, spec));
    }

    private static MappedSchedule? ByRates(Wire.Schedule message, string model, ImmutableArray<ModelProfile> models, FaultList faults)
    {
        if (message.HasFloor && message.Floor < 0)
        {
            faults.Invalid("floor", $"{message.Floor} is negative");
        }

        foreach (var known in models.Where(known => known.Name == model && known.Shape.Layers != message.Rates.Count))
        {
            faults.Invalid("rates", $"{message.Rates.Count} rates given, but '{known.Name}' has {known.Shape.Layers} layers");
        }

        var modes = ModesMapping.ToDomain(message.Scorer, message.Positions, faults);
        var rates = faults.Take(KeepRates.Create(message.Rates.ToArray()));
        if (rates is null)
        {
            return null;
        }

        var name = message.Name.Length == 0 ? Unnamed : message.Name;
        var resolved = new ResolvedSchedule(rates, message.HasFloor ? message.Floor : null);
        return new MappedSchedule(message.Name, new Schedule(name, model, resolved, modes: modes), null);
    }

    /// <summary>Returns what the policy validation says of a rule that serves by this spec.</summary>
    private static IEnumerable<PlanFault> FitFaults(ScheduleSpec spec, string model, ImmutableArray<ModelProfile> models)
    {
        var policy = new Policy { Name = "any", Model = model, Rules = [new ClassRule(ClassRule.AnyClass, new Serving.BySpec(spec))] };
        return PolicyValidator.Validate(policy, new PolicyContext { Models = models })
            .Where(fault => fault.Field.StartsWith("rules[0]", StringComparison.Ordinal))
            .Select(fault => fault with { Field = "spec" });
    }

    private static ScheduleId IdOf(string model, ScheduleSpec spec)
    {
        var content = Encoding.UTF8.GetBytes($"fovea.written-schedule\n1\n{model}\n{spec}");
        return ScheduleId.Parse(Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }
}
