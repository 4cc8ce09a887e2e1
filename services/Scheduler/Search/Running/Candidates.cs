using Fovea.Contracts.V1;
using DomainRates = Fovea.Planning.Schedules.KeepRates;

namespace Fovea.Scheduler.Search.Running;

/// <summary>Makes the candidates that executors are sent.</summary>
internal static class Candidates
{
    /// <summary>Returns the candidate of a search.</summary>
    /// <param name="spec">The search.</param>
    /// <param name="rates">Keep rate of each layer.</param>
    /// <param name="sharedLayers">First layers whose work is worth keeping.</param>
    public static Candidate Of(SearchSpec spec, DomainRates rates, int sharedLayers)
    {
        var wire = new KeepRates { Floor = spec.Floor };
        wire.Rates.AddRange(rates);
        return new Candidate { Rates = wire, Scorer = spec.Scorer, Positions = spec.Positions, Seed = spec.Seed, SharedLayers = sharedLayers };
    }
}
