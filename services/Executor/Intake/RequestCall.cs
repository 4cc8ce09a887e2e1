using Fovea.Contracts.V1;
using Fovea.ServiceDefaults.Quotas;
using Grpc.Core;

namespace Fovea.Executor.Intake;

/// <summary>One call as it came.</summary>
/// <param name="Request">The message.</param>
/// <param name="Tenant">Tenant of the caller; empty for none.</param>
/// <param name="Deadline">When the caller stops waiting, UTC; the largest time when never.</param>
internal sealed record RequestCall(GenerateRequest Request, string Tenant, DateTime Deadline)
{
    /// <summary>Spends vision tokens of the tenant; throws <see cref="QuotaExceededException"/> when it has none left.</summary>
    public Action<int> SpendVisionTokens { get; init; } = _ => { };

    /// <summary>Takes a call.</summary>
    public static RequestCall Of(GenerateRequest request, ServerCallContext context)
    {
        var tenant = CallTenant.Of(context);
        return new RequestCall(request, tenant.Name, context.Deadline) { SpendVisionTokens = tenant.SpendVisionTokens };
    }
}
