using Fovea.ServiceDefaults.Audit;
using Fovea.ServiceDefaults.Metrics;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Stands before every handler, whatever kind of call it takes.</summary>
/// <remarks>
/// <code>
/// (1) Listener        the health port serves health and nothing else
/// (2) Declaration     a method without a rule is nobody's
/// (3) Authentication  token, else certificate
/// (4) Authorisation   one of the method's roles
/// </code>
/// </remarks>
internal sealed class CallGate
{
    private const string HealthPrefix = "/grpc.health.v1.Health/";

    private readonly SecurityOptions _options;
    private readonly CallerIdentities? _callers;
    private readonly SecurityMetrics _metrics;
    private readonly AuditLog _audit;
    private readonly ILogger<CallGate> _logger;

    /// <summary>Guards by the options.</summary>
    public CallGate(IOptions<SecurityOptions> options, Lazy<CallerIdentities> callers, SecurityMetrics metrics, AuditLog audit, ILogger<CallGate> logger)
    {
        _options = options.Value;
        _callers = _options.IsOn ? callers.Value : null;
        _metrics = metrics;
        _audit = audit;
        _logger = logger;
    }

    /// <summary>Finds out whether a call may go on; if so, the identity of its caller is among its features.</summary>
    /// <returns>Null when it may.</returns>
    public async ValueTask<CallRefusal?> CheckAsync(HttpContext http)
    {
        var method = http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName;
        var listener = ListenerFeature.Of(http);
        if (listener == ListenerKind.Health) // 1
        {
            return method?.StartsWith(HealthPrefix, StringComparison.Ordinal) == true ? null : CallRefusal.NotServed;
        }

        if (_callers is null || (listener == ListenerKind.Metrics && _options.PlainMetrics))
        {
            return null;
        }

        var rule = method is null ? null : MethodTable.Find(method); // 2
        if (rule?.Has(MethodTraits.Anonymous) == true)
        {
            return null;
        }

        var (identity, reason) = await _callers.OfAsync(http).ConfigureAwait(false); // 3
        if (identity is null)
        {
            return Refuse(http, rule, CallRefusal.Unauthenticated, CallIdentity.Anonymous, reason!);
        }

        http.Features.Set(identity);
        return (method, rule) switch // 4
        {
            (null, _) => MayGoOn(http, identity) ? null : Refuse(http, rule, CallRefusal.Denied, identity, RefusalReasons.Role),
            (_, null) => Refuse(http, rule, CallRefusal.Denied, identity, RefusalReasons.Undeclared),
            (_, { } known) => known.Allows(identity) ? null : Refuse(http, rule, CallRefusal.Denied, identity, RefusalReasons.Role),
        };
    }

    // What is no gRPC method are the metrics, and paths that lead nowhere; someone with a role may see both.
    private static bool MayGoOn(HttpContext http, CallIdentity identity) =>
        http.Request.Path != MetricsEndpoint.Path || identity.Roles.Count > 0;

    private CallRefusal Refuse(HttpContext http, MethodRule? rule, CallRefusal refusal, CallIdentity identity, string reason)
    {
        var method = rule?.Method ?? "(another path)";
        var peer = $"{http.Connection.RemoteIpAddress}:{http.Connection.RemotePort}";
        SecurityLog.CallRefused(_logger, method, identity.Subject, peer, reason);
        _metrics.Refused(reason);
        if (rule?.Has(MethodTraits.Audited) == true)
        {
            _audit.Record(new AuditRecord(rule.Method, identity.Subject, refusal.Code.ToString()) { Tenant = identity.Tenant, Peer = peer, Reason = reason });
        }

        return refusal;
    }
}
