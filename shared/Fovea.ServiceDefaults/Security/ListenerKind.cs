namespace Fovea.ServiceDefaults.Security;

/// <summary>What a listener is for.</summary>
internal enum ListenerKind
{
    /// <summary>gRPC.</summary>
    Grpc,

    /// <summary>Metrics.</summary>
    Metrics,

    /// <summary>Health alone, in plaintext.</summary>
    Health,
}
