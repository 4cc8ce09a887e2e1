using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Plans;

/// <summary>
/// Says for one request how many vision tokens enter each layer and how they are chosen; equal content has an equal digest
/// everywhere.
/// </summary>
/// <remarks>
/// Canonical bytes, version 1, see <see cref="CanonicalWriter"/>:
/// <c>"fovea.plan" 1 model revision schedule N layers count* floor scorer positions</c>. A plan with a seed or a pool has
/// version 2, which appends <c>seed(8 bytes) pool</c>; one that counts by image has version 3, which appends
/// <c>seed(8 bytes) pool scope images (count*)*</c>; every other plan keeps the bytes and digest of version 1.
/// </remarks>
public sealed record KeepPlan
{
    // Not copied by `with`: the copy differs in what the digest covers. A string reference, so a race only computes it twice.
    private string? _digest;

    /// <summary>Makes an empty plan for an object initialiser.</summary>
    public KeepPlan()
    {
    }

    private KeepPlan(KeepPlan original)
    {
        (Model, ModelRevision, Schedule, VisionTokens) = (original.Model, original.ModelRevision, original.Schedule, original.VisionTokens);
        (Counts, Floor, Scorer, Positions) = (original.Counts, original.Floor, original.Scorer, original.Positions);
        (Seed, Pool, Scope, ImageCounts) = (original.Seed, original.Pool, original.Scope, original.ImageCounts);
    }

    /// <summary>Gets the name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the revision of the model's weights.</summary>
    public required string ModelRevision { get; init; }

    /// <summary>Gets the id of the schedule, or the canonical text of the spec the counts come from.</summary>
    public required string Schedule { get; init; }

    /// <summary>Gets the vision tokens of the request, N.</summary>
    public required int VisionTokens { get; init; }

    /// <summary>Gets the vision tokens that enter each layer; non-increasing, N in layer 0 unless <see cref="Pool"/> is set.</summary>
    public required ImmutableArray<int> Counts { get; init; }

    /// <summary>Gets the floor the counts were made with.</summary>
    public required int Floor { get; init; }

    /// <summary>Gets the scorer.</summary>
    public TokenScorer Scorer { get; init; }

    /// <summary>Gets the position mode.</summary>
    public PositionMode Positions { get; init; }

    /// <summary>Gets the seed of the random scorer; 0 for every other.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Gets the side of the squares of vision tokens that are averaged before layer 0, at least 2; 0 averages none. Layer 0
    /// then sees one token for each square, and N stays the number before.
    /// </summary>
    public int Pool { get; init; }

    /// <summary>Gets among which tokens the rates choose.</summary>
    public BudgetScope Scope { get; init; }

    /// <summary>
    /// Gets, by scope per image, the vision tokens of each image that enter each layer, in prompt order; their sums are
    /// <see cref="Counts"/>. Empty otherwise.
    /// </summary>
    public ImmutableArray<ImmutableArray<int>> ImageCounts { get; init; } = [];

    /// <summary>Gets the digest of the content.</summary>
    public PlanDigest Digest => new(_digest ??= PlanDigest.HexOf(CanonicalBytes()));

    /// <summary>Gets the number of layers.</summary>
    public int Layers => Counts.Length;

    private int Version => Scope == BudgetScope.PerImage ? 3 : Seed != 0 || Pool != 0 ? 2 : 1;

    /// <summary>Gets whether every layer sees all vision tokens.</summary>
    public bool IsFull => Pool == 0 && FirstDropLayer is null;

    /// <summary>Gets the first layer before which vision tokens are dropped, or null if none is.</summary>
    public int? FirstDropLayer
    {
        get
        {
            for (var layer = 0; layer < Counts.Length; layer++)
            {
                if (DropsBefore(layer))
                {
                    return layer;
                }
            }

            return null;
        }
    }

    /// <summary>Makes the plan that keeps everything.</summary>
    public static KeepPlan Full(string model, string modelRevision, int layers, int visionTokens) => new()
    {
        Model = model,
        ModelRevision = modelRevision,
        Schedule = "full",
        VisionTokens = visionTokens,
        Counts = [.. Enumerable.Repeat(visionTokens, layers)],
        Floor = 1,
    };

    /// <summary>Returns whether vision tokens are dropped before the layer; averaging squares before layer 0 is no drop.</summary>
    public bool DropsBefore(int layer) => layer == 0 ? Pool == 0 && Counts[0] < VisionTokens : Counts[layer] < Counts[layer - 1];

    /// <summary>Returns the bytes the digest is the hash of.</summary>
    public byte[] CanonicalBytes()
    {
        var writer = new CanonicalWriter("fovea.plan", Version);
        writer.Write(Model);
        writer.Write(ModelRevision);
        writer.Write(Schedule);
        writer.Write(VisionTokens);
        writer.Write(Counts.Length);
        foreach (var count in Counts)
        {
            writer.Write(count);
        }

        writer.Write(Floor);
        writer.Write((int)Scorer);
        writer.Write((int)Positions);
        if (Version >= 2)
        {
            writer.Write(Seed);
            writer.Write(Pool);
        }

        if (Version >= 3)
        {
            WriteImages(writer);
        }

        return writer.ToArray();
    }

    /// <summary>Returns every fault of the counts and the floor; empty for any plan made by this library.</summary>
    public ImmutableArray<PlanFault> Validate() => KeepPlanValidator.Validate(this);

    /// <summary>Returns whether both have the same content.</summary>
    public bool Equals(KeepPlan? other) =>
        other is not null
        && (Model, ModelRevision, Schedule) == (other.Model, other.ModelRevision, other.Schedule)
        && (VisionTokens, Floor, Scorer, Positions) == (other.VisionTokens, other.Floor, other.Scorer, other.Positions)
        && (Seed, Pool, Scope) == (other.Seed, other.Pool, other.Scope)
        && Sequences.AreEqual(Counts, other.Counts)
        && ImageCounts.Length == other.ImageCounts.Length
        && ImageCounts.Zip(other.ImageCounts).All(pair => Sequences.AreEqual(pair.First, pair.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Model, Schedule, VisionTokens, Sequences.Hash(Counts), Floor, Scorer, Positions, Scope);

    private void WriteImages(CanonicalWriter writer)
    {
        writer.Write((int)Scope);
        writer.Write(ImageCounts.Length);
        foreach (var counts in ImageCounts)
        {
            foreach (var count in counts)
            {
                writer.Write(count);
            }
        }
    }
}
