using Fovea.Planning.Validation;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps faults; whose mistake a fault is stands beside it on the wire, as the status code.</summary>
public static class FaultMapping
{
    /// <summary>Returns the message.</summary>
    public static Wire.Fault ToProto(PlanFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new Wire.Fault { Field = fault.Field, Message = fault.Message };
    }

    /// <summary>Returns the fault, of the given kind.</summary>
    public static PlanFault ToDomain(Wire.Fault message, PlanFaultKind kind)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new PlanFault(kind, message.Field, message.Message);
    }
}
