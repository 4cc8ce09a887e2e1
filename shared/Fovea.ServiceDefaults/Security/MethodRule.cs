using System.Collections.Immutable;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Who may call one method.</summary>
/// <param name="Method">The method's path.</param>
/// <param name="AnyOf">The roles of which one is enough; <see cref="Roles.Admin"/> always is.</param>
/// <param name="Traits">What else is true of it.</param>
internal sealed record MethodRule(string Method, ImmutableArray<string> AnyOf, MethodTraits Traits)
{
    /// <summary>Whether a caller of this identity may call it.</summary>
    public bool Allows(CallIdentity identity) => Has(MethodTraits.Anonymous) || identity.IsIn(Roles.Admin) || AnyOf.Any(identity.IsIn);

    /// <summary>Whether a trait is true of it.</summary>
    public bool Has(MethodTraits trait) => Traits.HasFlag(trait);
}
