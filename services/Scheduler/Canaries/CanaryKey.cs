using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Canaries;

/// <summary>Names one canary.</summary>
/// <param name="Policy">Name of its policy.</param>
/// <param name="Epoch">Epoch of the store.</param>
/// <param name="Revision">Revision at which it began.</param>
/// <param name="RestRevision">Revision of the version that serves the rest.</param>
internal sealed record CanaryKey(string Policy, string Epoch, long Revision, long RestRevision)
{
    /// <summary>Returns the key of a stored policy's canary.</summary>
    public static CanaryKey Of(StoredPolicy stored, string epoch) => new(stored.Policy.Name, epoch, stored.Canary.Revision, stored.Revision);
}
