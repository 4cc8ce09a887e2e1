using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Schedule = Fovea.Planning.Schedules.Schedule;

namespace Fovea.Contracts.Mapping;

/// <summary>Is a stored schedule: either by rates or written, never both.</summary>
/// <param name="Name">Label for people, possibly empty.</param>
/// <param name="ByRates">The schedule when it was given by rates.</param>
/// <param name="Written">The schedule when it was given in written form.</param>
public sealed record MappedSchedule(string Name, Schedule? ByRates, WrittenSchedule? Written)
{
    /// <summary>Gets the search that found the schedule, or null; no part of the id.</summary>
    public ScheduleProvenance? Provenance { get; init; }

    /// <summary>Gets the store revision of the message; no part of the id, and 0 before it is stored.</summary>
    public long Revision { get; init; }

    /// <summary>Gets for what a lossless search has stored the schedule, or null if none has.</summary>
    public LosslessSchedule? Lossless => ByRates is { } rates && Provenance is { Lossless: true } found
        ? new LosslessSchedule(
            rates.Id,
            rates.Model,
            found.ModelRevision.Length == 0 ? Schedule.Any : found.ModelRevision,
            found.QuestionClass,
            Revision)
        : null;

    /// <summary>Gets the id, which follows from the content.</summary>
    public ScheduleId Id => ByRates?.Id ?? Written!.Id;

    /// <summary>Returns the message in its normal form: id set, spec canonical.</summary>
    public V1.Schedule ToProto()
    {
        var message = ByRates is { } rates ? ScheduleMapping.ToProto(rates) : ScheduleMapping.ToProto(Written!, Name);
        message.Name = Name;
        message.Provenance = Provenance?.Clone();
        return message;
    }
}
