using System.Collections.Immutable;

namespace Fovea.Planning.Validation;

/// <summary>Compares arrays by their elements, for records that hold them.</summary>
internal static class Sequences
{
    /// <summary>Returns whether both hold equal elements in the same order; a default array counts as empty.</summary>
    public static bool AreEqual<T>(ImmutableArray<T> left, ImmutableArray<T> right)
        where T : IEquatable<T> => left.AsSpan().SequenceEqual(right.AsSpan());

    /// <summary>Returns a hash of the elements in order.</summary>
    public static int Hash<T>(ImmutableArray<T> items)
    {
        var hash = default(HashCode);
        foreach (var item in items.AsSpan())
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
