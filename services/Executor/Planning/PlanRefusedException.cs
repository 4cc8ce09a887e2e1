using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Executor.Planning;

/// <summary>Ends a request that gets no plan, by an answer of the scheduler or by the same rules applied here.</summary>
internal sealed class PlanRefusedException : Exception
{
    /// <summary>Carries the answer on.</summary>
    public PlanRefusedException(StatusCode code, string message, IEnumerable<Fault> faults)
        : base(message)
    {
        Code = code;
        Faults = [.. faults];
    }

    /// <summary>Status that the request ends with.</summary>
    public StatusCode Code { get; }

    /// <summary>All faults.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>The version of a policy whose rules alone refuse the request; null when there is none.</summary>
    public Provenance? Provenance { get; set; }
}
