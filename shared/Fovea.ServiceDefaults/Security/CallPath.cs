using Fovea.ServiceDefaults.Quotas;
using Fovea.ServiceDefaults.Streams;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Fovea.ServiceDefaults.Security;

/// <summary>The way of every request to its handler: the gate, the quota of its tenant, the clock of its message.</summary>
internal sealed class CallPath
{
    private readonly CallGate _gate;
    private readonly TenantQuotas _quotas;
    private readonly StreamLimits _limits;
    private readonly TimeProvider _time;

    /// <summary>Joins the steps.</summary>
    public CallPath(CallGate gate, TenantQuotas quotas, StreamLimits limits, TimeProvider time)
    {
        _gate = gate;
        _quotas = quotas;
        _limits = limits;
        _time = time;
    }

    /// <summary>Lets a request go on, or answers it.</summary>
    public async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        if (await _gate.CheckAsync(http).ConfigureAwait(false) is { } refusal)
        {
            refusal.WriteTo(http);
            return;
        }

        var method = http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
        if (method is null)
        {
            await next(http).ConfigureAwait(false);
            return;
        }

        var identity = http.Features.Get<CallIdentity>() ?? CallIdentity.Anonymous;
        var tenant = identity.TenantFor(http.Request.Headers[CallTenant.MetadataKey]);
        http.Features.Set(new CallTenant(tenant, _quotas));
        if (EnterQuota(tenant, method, out var account) is { } used)
        {
            new CallRefusal(StatusCode.ResourceExhausted, used.Describe(), used.RetryAfter).WriteTo(http);
            return;
        }

        try
        {
            using var clock = StartClock(http, method);
            await next(http).ConfigureAwait(false);
        }
        finally
        {
            account?.Leave();
        }
    }

    private QuotaRefusal? EnterQuota(string tenant, IMethod method, out TenantAccount? account)
    {
        account = null;
        return MethodTable.Find(method.FullName)?.Has(MethodTraits.Metered) == true ? _quotas.Enter(tenant, out account) : null;
    }

    // The messages of a stream are bounded where they are read.
    private RequestClock? StartClock(HttpContext http, IMethod method) =>
        _limits.RequestTimeout > TimeSpan.Zero && method.Type is (MethodType.Unary or MethodType.ServerStreaming)
            ? RequestClock.Start(http, _limits.RequestTimeout, _time)
            : null;
}
