using System.Collections.Frozen;
using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Canaries;

/// <summary>Keeps two arms for each policy that has a canary in the snapshot in use; others are forgotten with their canary.</summary>
/// <remarks>
/// What a canary serves before its snapshot is in use here, or after another took its place, is not counted: the arms of one revision
/// begin at zero together. Safe for any number of threads.
/// </remarks>
internal sealed class ArmBoard
{
    private readonly Lock _gate = new();
    private readonly SnapshotStore _snapshots;
    private readonly int _maxArms;
    private readonly ILogger<ArmBoard> _logger;
    private volatile Arms _arms = new(null, FrozenDictionary<ArmKey, Arm>.Empty);

    /// <summary>Follows the snapshots in use.</summary>
    public ArmBoard(SnapshotStore snapshots, IOptions<CanaryOptions> options, ILogger<ArmBoard> logger)
    {
        _snapshots = snapshots;
        _maxArms = options.Value.MaxArms;
        _logger = logger;
    }

    /// <summary>Finds the arm of the version that made a plan; null when no canary runs beside it.</summary>
    public Arm? Find(Provenance? provenance) => ArmKey.Of(provenance) is { } key ? Find(key) : null;

    /// <summary>Finds an arm; null when its canary is over, or not known here yet.</summary>
    public Arm? Find(ArmKey key) => Current().ByKey.GetValueOrDefault(key);

    /// <summary>Gives the counts of every arm, in order of policies.</summary>
    public IEnumerable<ArmReport> Report() => Current().ByKey.Values
        .OrderBy(arm => arm.Key.Policy, StringComparer.Ordinal)
        .ThenBy(arm => arm.Key.IsCanary)
        .Select(arm => arm.ToReport());

    private Arms Current()
    {
        var arms = _arms;
        var snapshot = _snapshots.Current;
        if (ReferenceEquals(arms.Snapshot, snapshot) || snapshot is null)
        {
            return arms;
        }

        lock (_gate)
        {
            // Another thread may have come first, with this snapshot or with a newer one.
            if (!ReferenceEquals(_arms.Snapshot, snapshot) && ReferenceEquals(_snapshots.Current, snapshot))
            {
                _arms = Of(snapshot, _arms);
            }

            return _arms;
        }
    }

    private Arms Of(PlanningSnapshot snapshot, Arms before)
    {
        var isSameHistory = before.Snapshot?.Epoch == snapshot.Epoch;
        var wanted = snapshot.CanaryPolicies.OrderBy(stored => stored.Policy.Name, StringComparer.Ordinal).SelectMany(ArmsOf).ToImmutableArray();
        if (wanted.Length > _maxArms)
        {
            CanariesLog.TooManyArms(_logger, snapshot.Revision, wanted.Length, _maxArms);
            wanted = wanted[..(_maxArms / 2 * 2)];
        }

        var kept = wanted.Select(arm => isSameHistory ? before.ByKey.GetValueOrDefault(arm.Key, arm) : arm);
        return new Arms(snapshot, kept.ToFrozenDictionary(arm => arm.Key));
    }

    private static IEnumerable<Arm> ArmsOf(StoredPolicy stored) =>
    [
        new Arm(new ArmKey(stored.Policy.Name, stored.Revision, IsCanary: false), guard: null),
        new Arm(new ArmKey(stored.Policy.Name, stored.Canary.Revision, IsCanary: true), CanaryGuardMapping.Complete(stored.Canary.Guard)),
    ];

    private sealed record Arms(PlanningSnapshot? Snapshot, FrozenDictionary<ArmKey, Arm> ByKey);
}
