namespace Fovea.ServiceDefaults.Security;

/// <summary>Whether a server knows its callers.</summary>
public enum SecurityMode
{
    /// <summary>Everything is plaintext and everyone may call everything; for one machine.</summary>
    Off,

    /// <summary>Every port but the health port speaks TLS, and every call is authorised.</summary>
    On,
}
