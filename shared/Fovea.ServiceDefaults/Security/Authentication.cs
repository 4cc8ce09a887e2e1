namespace Fovea.ServiceDefaults.Security;

/// <summary>What came of a caller's credentials.</summary>
/// <param name="Identity">Who it is; null when it is turned away.</param>
/// <param name="Reason">Why it is turned away; one of <see cref="RefusalReasons"/>, or null.</param>
internal readonly record struct Authentication(CallIdentity? Identity, string? Reason)
{
    /// <summary>The caller is known.</summary>
    public static Authentication Accept(CallIdentity identity) => new(identity, null);

    /// <summary>The caller is turned away.</summary>
    public static Authentication Refuse(string reason) => new(null, reason);
}
