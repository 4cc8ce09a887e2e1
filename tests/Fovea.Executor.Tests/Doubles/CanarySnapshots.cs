using System.Globalization;
using Fovea.Contracts.V1;
using Fovea.Planning.Policies;
using Policy = Fovea.Contracts.V1.Policy;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Makes snapshots of one policy with a canary that serves half of the requests, and ids of requests of either half.</summary>
internal static class CanarySnapshots
{
    private const double Share = 0.5;

    public static Snapshot Of(long revision, string spec, string canarySpec, CanaryGuard? guard = null, string name = "default", string epoch = "e1")
    {
        var snapshot = new Snapshot { Epoch = epoch, Revision = revision };
        snapshot.Policies.Add(Stored(revision, spec, canarySpec, guard, name, epoch));
        return snapshot;
    }

    public static StoredPolicy Stored(
        long revision, string spec, string canarySpec, CanaryGuard? guard = null, string name = "default", string epoch = "e1") => new()
        {
            Policy = Serving(name, spec),
            Revision = revision,
            Epoch = epoch,
            Canary = new Canary { Policy = Serving(name, canarySpec), Share = Share, Revision = revision, Guard = guard },
        };

    /// <summary>Gives the n-th id of a request that the canary serves, or does not.</summary>
    public static string IdOf(bool canary, int n, long revision = 7) => Enumerable.Range(0, int.MaxValue)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"r{number}"))
        .Where(id => CanaryShare.PointOf("default", revision, id) < Share == canary)
        .ElementAt(n);

    private static Policy Serving(string name, string spec) =>
        new() { Name = name, Model = "*", Rules = { new Contracts.V1.ClassRule { RequestClass = "*", Spec = spec } } };
}
