using System.Collections.Immutable;
using Fovea.Planning.Plans;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps budget scopes and counts by image.</summary>
public static class ScopeMapping
{
    /// <summary>Returns the message's form.</summary>
    public static Wire.BudgetScope ToProto(this BudgetScope scope) => scope switch
    {
        BudgetScope.Pooled => Wire.BudgetScope.Pooled,
        BudgetScope.PerImage => Wire.BudgetScope.PerImage,
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "unknown budget scope"),
    };

    /// <summary>Returns one message for each image.</summary>
    public static IEnumerable<Wire.ImageCounts> ToProto(ImmutableArray<ImmutableArray<int>> images) =>
        images.Select(counts => new Wire.ImageCounts { Counts = { counts } });

    /// <summary>Returns the counts of each image.</summary>
    public static ImmutableArray<ImmutableArray<int>> ToDomain(IEnumerable<Wire.ImageCounts> images) =>
        [.. images.Select(image => ImmutableArray.CreateRange(image.Counts))];

    /// <summary>Returns the scope; null, with a fault noted when it is not known, where none is given.</summary>
    internal static BudgetScope? ToDomain(Wire.BudgetScope scope, string field, FaultList faults)
    {
        switch (scope)
        {
            case Wire.BudgetScope.Unspecified:
                return null;
            case Wire.BudgetScope.Pooled:
                return BudgetScope.Pooled;
            case Wire.BudgetScope.PerImage:
                return BudgetScope.PerImage;
            default:
                faults.Invalid(field, $"{(int)scope} is no budget scope, known are 1 (pooled) and 2 (per image)");
                return null;
        }
    }
}
