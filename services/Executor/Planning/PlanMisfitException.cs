using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>Ends a request whose plan does not fit the loaded model or the prompt; such a plan is never applied.</summary>
internal sealed class PlanMisfitException : Exception
{
    /// <summary>Names every misfit.</summary>
    public PlanMisfitException(string message)
        : base(message)
    {
    }

    /// <summary>What the plan was made from; null when that is known from elsewhere.</summary>
    public Provenance? Provenance { get; init; }
}
