using System.Globalization;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Compares the revision that a writer expects with the one that is.</summary>
internal static class CurrentRevision
{
    /// <summary>Names the trailer that carries the current revision of a lost compare-and-set.</summary>
    public const string TrailerKey = "fovea-current-revision";

    /// <summary>Does nothing when the policy is as expected; null expects nothing, 0 that it does not exist.</summary>
    /// <exception cref="RpcException">ABORTED, with the current revision in message and trailer.</exception>
    public static void Require(string name, StoredPolicy? current, long? expected)
    {
        var actual = current?.Revision ?? 0;
        if (expected is null || expected == actual)
        {
            return;
        }

        var found = current is null ? "it does not exist" : $"its current revision is {actual}";
        throw new RpcException(
            new Status(StatusCode.Aborted, $"policy '{name}' is not at revision {expected}: {found}; read it again and retry"),
            new Metadata { { TrailerKey, actual.ToString(CultureInfo.InvariantCulture) } });
    }
}
