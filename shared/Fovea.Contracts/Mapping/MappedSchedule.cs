using Fovea.Planning.Schedules;

namespace Fovea.Contracts.Mapping;

/// <summary>Is a stored schedule: either by rates or written, never both.</summary>
/// <param name="Name">Label for people, possibly empty.</param>
/// <param name="ByRates">The schedule when it was given by rates.</param>
/// <param name="Written">The schedule when it was given in written form.</param>
public sealed record MappedSchedule(string Name, Schedule? ByRates, WrittenSchedule? Written)
{
    /// <summary>Gets the id, which follows from the content.</summary>
    public ScheduleId Id => ByRates?.Id ?? Written!.Id;

    /// <summary>Returns the message in its normal form: id set, spec canonical.</summary>
    public V1.Schedule ToProto()
    {
        var message = ByRates is { } rates ? ScheduleMapping.ToProto(rates) : ScheduleMapping.ToProto(Written!, Name);
        message.Name = Name;
        return message;
    }
}
