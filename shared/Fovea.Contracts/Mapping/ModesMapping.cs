using Fovea.Planning.Policies;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps how stored schedules and budget tables were made to drop tokens.</summary>
internal static class ModesMapping
{
    /// <summary>Returns the modes, or null where neither is given; faults are noted.</summary>
    public static PlanModes? ToDomain(Wire.Scorer scorer, Wire.PositionMode positions, FaultList faults)
    {
        var (ranks, places) = (EnumMapping.ToDomain(scorer, "scorer", faults), EnumMapping.ToDomain(positions, "positions", faults));
        return ranks is null && places is null ? null : new PlanModes(ranks, places);
    }
}
