using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps cost tables; data type and device, which no plan depends on, stay on the wire.</summary>
public static class CostTableMapping
{
    /// <summary>Returns the table, or every fault; an empty model revision stands for any.</summary>
    public static Checked<LatencyTable> ToDomain(Wire.CostTable? message)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no cost table given");
            return faults.ToImmutable();
        }

        var table = new LatencyTable
        {
            Model = message.Model,
            ModelRevision = message.ModelRevision.Length == 0 ? Schedule.Any : message.ModelRevision,
            Rows = [.. message.LayerTimes.Select(time => time.Rows)],
            Seconds = [.. message.LayerTimes.Select(time => time.Seconds)],
            FixedSeconds = message.FixedSeconds,
        };
        faults.AddRange(table.Validate());
        return faults.Check(() => table);
    }

    /// <summary>Returns the message; data type, device and the store's revision are the caller's to add.</summary>
    public static Wire.CostTable ToProto(LatencyTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var message = new Wire.CostTable { Model = table.Model, ModelRevision = table.ModelRevision, FixedSeconds = table.FixedSeconds };
        message.LayerTimes.AddRange(table.Rows.Zip(table.Seconds, (rows, seconds) => new Wire.LayerTime { Rows = rows, Seconds = seconds }));
        return message;
    }
}
