using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Fovea.Planning.Plans;

/// <summary>Gives the words that budget scopes are written with on command lines and in files.</summary>
public static class ScopeNames
{
    private const string Pooled = "pooled";
    private const string PerImage = "per_image";

    /// <summary>Gets all words, in the order of the scopes' numbers.</summary>
    public static ImmutableArray<string> All { get; } = [Pooled, PerImage];

    /// <summary>Returns the word of a scope.</summary>
    public static string Of(BudgetScope scope) => scope switch
    {
        BudgetScope.Pooled => Pooled,
        BudgetScope.PerImage => PerImage,
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "unknown budget scope"),
    };

    /// <summary>Finds the scope of a word.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BudgetScope scope)
    {
        scope = text == PerImage ? BudgetScope.PerImage : BudgetScope.Pooled;
        return text is Pooled or PerImage;
    }
}
