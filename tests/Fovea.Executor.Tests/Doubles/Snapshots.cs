using System.Globalization;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Makes snapshots of one policy.</summary>
internal static class Snapshots
{
    public static Snapshot Uniform(string epoch, long revision, double rate) =>
        Of(epoch, revision, new ClassRule { RequestClass = "*", Spec = string.Create(CultureInfo.InvariantCulture, $"uniform:r={rate}") });

    public static Snapshot Of(string epoch, long revision, params ClassRule[] rules)
    {
        var policy = new Policy { Name = "default", Model = "*" };
        policy.Rules.AddRange(rules);
        var snapshot = new Snapshot { Epoch = epoch, Revision = revision };
        snapshot.Policies.Add(new StoredPolicy { Policy = policy, Revision = revision, Epoch = epoch });
        return snapshot;
    }
}
