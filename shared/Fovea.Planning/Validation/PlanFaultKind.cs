namespace Fovea.Planning.Validation;

/// <summary>Says whose mistake a <see cref="PlanFault"/> is, so that a service can choose its status code.</summary>
public enum PlanFaultKind
{
    /// <summary>The input is wrong by itself, whatever the state of the service.</summary>
    InvalidArgument,

    /// <summary>A policy, class, schedule or model of that name does not exist.</summary>
    NotFound,

    /// <summary>The input is right by itself but does not fit the model or the policies now valid.</summary>
    FailedPrecondition,

    /// <summary>A budget is below what the full layers and the floor already cost.</summary>
    Infeasible,
}
