namespace Fovea.Planning.Policies;

/// <summary>Says how one class of requests is served.</summary>
/// <param name="RequestClass">Name of the class, or <c>*</c> for every class without a rule of its own.</param>
/// <param name="Serve">How it is served.</param>
public sealed record ClassRule(string RequestClass, Serving Serve)
{
    /// <summary>The class that stands for any.</summary>
    public const string AnyClass = "*";
}
