namespace Fovea.ServiceDefaults.Security;

/// <summary>What else is true of a method.</summary>
[Flags]
internal enum MethodTraits
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Everyone may call it, without credentials.</summary>
    Anonymous = 1,

    /// <summary>It changes something, and its calls are written to the audit log.</summary>
    Audited = 2,

    /// <summary>It is a long stream that its clients open again by themselves when it ends.</summary>
    Link = 4,

    /// <summary>Its calls count against the quotas of their tenant.</summary>
    Metered = 8,
}
