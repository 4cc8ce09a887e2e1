using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps budget tables.</summary>
public static class BudgetTableMapping
{
    /// <summary>Returns the table, or every fault; an empty model revision stands for any.</summary>
    public static Checked<BudgetTable> ToDomain(Wire.BudgetTable? message)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no budget table given");
            return faults.ToImmutable();
        }

        var table = new BudgetTable
        {
            Model = message.Model,
            ModelRevision = message.ModelRevision.Length == 0 ? Schedule.Any : message.ModelRevision,
            First = message.FirstDropLayer,
            Floor = message.Floor,
            Points = [.. message.Points.Select(point => new BudgetPoint(point.MeanKeep, point.Slope, point.Amplitude))],
            SearchId = message.SearchId,
            Modes = ModesMapping.ToDomain(message.Scorer, message.Positions, faults),
        };
        faults.AddRange(table.Validate());
        return faults.Check(() => table);
    }

    /// <summary>Returns the message; the store's revision is the store's to add.</summary>
    public static Wire.BudgetTable ToProto(BudgetTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var message = new Wire.BudgetTable
        {
            Model = table.Model,
            ModelRevision = table.ModelRevision,
            FirstDropLayer = table.First,
            Floor = table.Floor,
            SearchId = table.SearchId,
            Scorer = table.Modes?.Scorer?.ToProto() ?? Wire.Scorer.Unspecified,
            Positions = table.Modes?.Positions?.ToProto() ?? Wire.PositionMode.Unspecified,
        };
        message.Points.AddRange(table.Points.Select(
            point => new Wire.BudgetPoint { MeanKeep = point.MeanKeep, Slope = point.Slope, Amplitude = point.Amplitude }));
        return message;
    }
}
