using Fovea.Contracts.V1;

namespace Fovea.Executor.Intake;

/// <summary>One call as it came.</summary>
/// <param name="Request">The message.</param>
/// <param name="Tenant">Metadata <c>fovea-tenant</c>; empty when absent.</param>
/// <param name="Deadline">When the caller stops waiting, UTC; the largest time when never.</param>
internal sealed record RequestCall(GenerateRequest Request, string Tenant, DateTime Deadline);
