using System.Collections.Immutable;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>What became of an offered snapshot.</summary>
/// <param name="Offered">The snapshot that was to be applied.</param>
/// <param name="Faults">Every fault; empty when it is in use now.</param>
internal sealed record SnapshotVerdict(SnapshotId Offered, ImmutableArray<Fault> Faults)
{
    /// <summary>The resources at fault, with what stays in use of each.</summary>
    public ImmutableArray<RefusedResource> Resources { get; init; } = [];

    /// <summary>Whether the update does not fit what is held, so that the whole snapshot is wanted.</summary>
    public bool WantsWhole { get; init; }

    /// <summary>Whether the snapshot is in use.</summary>
    public bool IsInUse => Faults.IsEmpty;

    /// <summary>Every fault in one line.</summary>
    public string Message => string.Join("; ", Faults.Select(fault => $"{fault.Field}: {fault.Message}"));
}
