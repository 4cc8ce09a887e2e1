using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Describes a request as far as its plan depends on it.</summary>
public sealed record PlanRequest
{
    /// <summary>Gets the id; by it a canary takes its share of the requests.</summary>
    public string RequestId { get; init; } = string.Empty;

    /// <summary>Gets the name of the model; empty for the one that is served.</summary>
    public string ModelName { get; init; } = string.Empty;

    /// <summary>Gets the revision of the model; empty for the one that is served.</summary>
    public string ModelRevision { get; init; } = string.Empty;

    /// <summary>Gets the class; empty or <c>*</c> for none.</summary>
    public string RequestClass { get; init; } = string.Empty;

    /// <summary>Gets the tenant, by which rules choose; empty for none.</summary>
    public string Tenant { get; init; } = string.Empty;

    /// <summary>Gets the vision tokens of each image.</summary>
    public required ImmutableArray<int> ImageTokens { get; init; }

    /// <summary>Gets all other tokens of the prompt.</summary>
    public required int TextTokens { get; init; }

    /// <summary>Gets the override, or null to be served by the default policy.</summary>
    public PlanOverride? Override { get; init; }

    /// <summary>Gets what of the policy's way to drop tokens the request replaces, or null for nothing.</summary>
    public PlanModes? Modes { get; init; }

    /// <summary>Gets the tier of the policy's overload ladder that bounds the plan; 0 for none, beyond the ladder's end its last.</summary>
    public int OverloadTier { get; init; }

    /// <summary>Gets whether the version that would not serve the request decides, where a canary runs: what would have been.</summary>
    public bool IsBeside { get; init; }

    /// <summary>Gets the vision tokens of all images, N.</summary>
    public long VisionTokens
    {
        get
        {
            var sum = 0L;
            foreach (var tokens in ImageTokens.AsSpan())
            {
                sum += tokens;
            }

            return sum;
        }
    }

    /// <summary>Returns whether both describe the same request.</summary>
    public bool Equals(PlanRequest? other) =>
        other is not null
        && (RequestId, ModelName, ModelRevision, RequestClass, Tenant)
            == (other.RequestId, other.ModelName, other.ModelRevision, other.RequestClass, other.Tenant)
        && (TextTokens, OverloadTier, IsBeside) == (other.TextTokens, other.OverloadTier, other.IsBeside)
        && Equals(Override, other.Override)
        && Equals(Modes, other.Modes)
        && Sequences.AreEqual(ImageTokens, other.ImageTokens);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(RequestId, ModelName, RequestClass, TextTokens, Override, Modes, Sequences.Hash(ImageTokens));
}
