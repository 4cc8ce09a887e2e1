using System.Collections.Immutable;
using Fovea.Planning.Costs;
using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps costs.</summary>
public static class CostMapping
{
    /// <summary>Returns the accounting, executed where none is given, or the fault that it is not known.</summary>
    public static CostAccounting ToDomain(Wire.Accounting accounting, out ImmutableArray<PlanFault> faults)
    {
        var found = new FaultList();
        var mapped = EnumMapping.ToDomain(accounting, "accounting", found);
        faults = found.ToImmutable();
        return mapped;
    }

    /// <summary>Returns the message.</summary>
    public static Wire.CostBreakdown ToProto(CostBreakdown cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var message = new Wire.CostBreakdown
        {
            VisionFlops = cost.Vision,
            ProjectorFlops = cost.Projector,
            RankingFlops = cost.Ranking,
            HeadFlops = cost.Head,
            TotalFlops = cost.Total,
            KvBytes = cost.KvBytes,
            Accounting = cost.Accounting.ToProto(),
        };
        message.LayerFlops.AddRange(cost.Layers);
        return message;
    }

    /// <summary>Returns the cost of a message; the mean keep rate stands beside the cost on the wire.</summary>
    public static CostBreakdown ToDomain(Wire.CostBreakdown message, double meanKeep)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new CostBreakdown
        {
            Accounting = message.Accounting == Wire.Accounting.Paper ? CostAccounting.Paper : CostAccounting.Executed,
            Vision = message.VisionFlops,
            Projector = message.ProjectorFlops,
            Layers = ImmutableArray.CreateRange(message.LayerFlops),
            Ranking = message.RankingFlops,
            Head = message.HeadFlops,
            LanguageFlops = message.RankingFlops + message.HeadFlops + message.LayerFlops.Sum(),
            KvBytes = message.KvBytes,
            MeanKeep = meanKeep,
        };
    }
}
