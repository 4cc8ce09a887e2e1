using System.Collections.Frozen;
using Grpc.Core;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Who makes a call.</summary>
public sealed class CallIdentity
{
    private static readonly object StateKey = typeof(CallIdentity);

    private readonly FrozenSet<string> _roles;

    /// <summary>Keeps what is known of a caller.</summary>
    /// <param name="subject">The name.</param>
    /// <param name="tenant">The tenant; empty for none.</param>
    /// <param name="roles">The roles.</param>
    public CallIdentity(string subject, string tenant, IEnumerable<string> roles)
    {
        Subject = subject;
        Tenant = tenant;
        _roles = roles.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Everyone, where callers are not authenticated.</summary>
    public static CallIdentity Anonymous { get; } = new("anonymous", string.Empty, []);

    /// <summary>The caller's name: the subject of its token, or the name of its certificate that a rule matched.</summary>
    public string Subject { get; }

    /// <summary>The tenant for which it calls; empty for none.</summary>
    public string Tenant { get; }

    /// <summary>Its roles.</summary>
    public IReadOnlySet<string> Roles => _roles;

    /// <summary>Whether the caller has shown who it is.</summary>
    public bool IsAuthenticated => !ReferenceEquals(this, Anonymous);

    /// <summary>Every name of the caller: its subject, and the names of its certificate.</summary>
    internal IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>When the credentials stop being valid.</summary>
    internal DateTimeOffset Expires { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Whether the caller has a role.</summary>
    public bool IsIn(string role) => _roles.Contains(role);

    /// <summary>Who makes this call; <see cref="Anonymous"/> where callers are not authenticated.</summary>
    public static CallIdentity Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.UserState.TryGetValue(StateKey, out var found) ? (CallIdentity)found : Anonymous;
    }

    /// <summary>The tenant, where the metadata of the call names this one.</summary>
    internal string TenantFor(string? named) =>
        named is { Length: > 0 } && (!IsAuthenticated || IsIn(Security.Roles.Admin)) ? named : Tenant;

    /// <summary>Leaves the identity where handlers find it.</summary>
    internal void AttachTo(ServerCallContext context) => context.UserState[StateKey] = this;
}
