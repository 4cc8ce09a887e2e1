namespace Fovea.Planning.Policies;

/// <summary>Says how one class of requests, of one tenant and model or of any, is served.</summary>
/// <param name="RequestClass">Name of the class, or <c>*</c> for every class without a rule of its own.</param>
/// <param name="Serve">How it is served.</param>
public sealed record ClassRule(string RequestClass, Serving Serve)
{
    /// <summary>The class that stands for any.</summary>
    public const string AnyClass = "*";

    /// <summary>The tenant that stands for any.</summary>
    public const string AnyTenant = "*";

    /// <summary>Gets the tenant, or <c>*</c> for every tenant without a rule of its own.</summary>
    public string Tenant { get; init; } = AnyTenant;

    /// <summary>Gets the model, or <c>*</c> for every model without a rule of its own.</summary>
    public string Model { get; init; } = Policy.AnyModel;

    /// <summary>Gets the fewest vision tokens a layer keeps under this rule, whatever its schedule says; null for the policy's.</summary>
    public int? Floor { get; init; }

    /// <summary>Gets what plans name the rule by: the class, then <c>@tenant</c> and <c>#model</c> where the rule names them.</summary>
    public string Label =>
        (Tenant == AnyTenant, Model == Policy.AnyModel) switch
        {
            (true, true) => RequestClass,
            (false, true) => $"{RequestClass}@{Tenant}",
            (true, false) => $"{RequestClass}#{Model}",
            _ => $"{RequestClass}@{Tenant}#{Model}",
        };

    /// <summary>Gets how narrow the rule is: one that names the tenant goes before all that do not, then class, then model decide.</summary>
    internal int Rank => (Tenant == AnyTenant ? 0 : 4) + (RequestClass == AnyClass ? 0 : 2) + (Model == Policy.AnyModel ? 0 : 1);

    /// <summary>Returns whether the rule serves requests of that class, tenant and model.</summary>
    internal bool Fits(string requestClass, string tenant, string model) =>
        (RequestClass == AnyClass || RequestClass == requestClass)
        && (Tenant == AnyTenant || Tenant == tenant)
        && (Model == Policy.AnyModel || Model == model);
}
