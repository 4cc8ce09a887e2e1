using Fovea.Contracts.Calibration;
using Fovea.Contracts.V1;
using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Intake;

namespace Fovea.Executor.Calibration;

/// <summary>Checks shards whole.</summary>
internal static class ShardReader
{
    /// <summary>Returns the schedule on trial.</summary>
    /// <exception cref="RequestRefusedException">Something is wrong; it carries every fault.</exception>
    public static TrialSchedule Read(Shard shard, StoredSet set, int layers)
    {
        var faults = new RequestFaults();
        var candidate = CandidateMapping.ToDomain(shard.Candidate, layers);
        foreach (var fault in candidate.Faults)
        {
            faults.Invalid(fault.Field.Length == 0 ? "candidate" : $"candidate.{fault.Field}", fault.Message);
        }

        for (var place = 0; place < shard.Samples.Count; place++)
        {
            if (shard.Samples[place] < 0 || shard.Samples[place] >= set.Questions.Length)
            {
                faults.Invalid($"samples[{place}]", $"{shard.Samples[place]} is no question; the set has {set.Questions.Length}, counted from 0.");
            }
        }

        faults.ThrowIfAny();
        return candidate.Value!;
    }
}
