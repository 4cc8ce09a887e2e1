using System.Collections.Immutable;
using Fovea.Planning.Validation;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Turns faults into the status of a call and back; the status names every fault, in words and as BadRequest details.</summary>
public static class RpcFaults
{
    /// <summary>Names the trailer that carries a google.rpc.Status.</summary>
    public const string DetailsKey = "grpc-status-details-bin";

    // Trailers share a header list limit of 8 KiB or more with everything else; details beyond this are cut, the message is not lost.
    private const int MaxListed = 32;

    /// <summary>Returns the code: INVALID_ARGUMENT if any input is wrong by itself or infeasible, else NOT_FOUND, else FAILED_PRECONDITION.</summary>
    public static StatusCode CodeOf(IReadOnlyCollection<PlanFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        var kinds = faults.Select(fault => fault.Kind).ToHashSet();
        if (kinds.Contains(PlanFaultKind.InvalidArgument) || kinds.Contains(PlanFaultKind.Infeasible))
        {
            return StatusCode.InvalidArgument;
        }

        return kinds.Contains(PlanFaultKind.NotFound) ? StatusCode.NotFound : StatusCode.FailedPrecondition;
    }

    /// <summary>Returns the sentence that lists the faults.</summary>
    public static string MessageOf(IReadOnlyCollection<PlanFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        var listed = string.Join("; ", faults.Take(MaxListed));
        return faults.Count > MaxListed ? $"{listed}; and {faults.Count - MaxListed} more" : listed;
    }

    /// <summary>Makes the exception that ends a call with these faults; <paramref name="code"/> replaces the code that follows from them.</summary>
    public static RpcException ToException(IReadOnlyCollection<PlanFault> faults, StatusCode? code = null)
    {
        ArgumentNullException.ThrowIfNull(faults);
        var status = new Grpc.Core.Status(code ?? CodeOf(faults), MessageOf(faults));
        var details = new BadRequest();
        details.FieldViolations.AddRange(faults.Take(MaxListed).Select(ToViolation));
        var message = new Google.Rpc.Status { Code = (int)status.StatusCode, Message = status.Detail };
        message.Details.Add(Any.Pack(details));
        return new RpcException(status, new Metadata { { DetailsKey, message.ToByteArray() } });
    }

    /// <summary>Makes the answer on a stream to a request with these faults.</summary>
    public static Wire.PlanError ToPlanError(string requestId, IReadOnlyCollection<PlanFault> faults)
    {
        var error = new Wire.PlanError { RequestId = requestId, Code = (int)CodeOf(faults), Message = MessageOf(faults) };
        error.Faults.AddRange(faults.Select(FaultMapping.ToProto));
        return error;
    }

    /// <summary>Returns the faults that a call ended with; empty when its status carries none.</summary>
    public static ImmutableArray<PlanFault> Read(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var bytes = exception.Trailers.GetValueBytes(DetailsKey);
        if (bytes is null)
        {
            return [];
        }

        var kind = KindOf(exception.StatusCode);
        return [.. Google.Rpc.Status.Parser.ParseFrom(bytes).Details
            .Where(detail => detail.Is(BadRequest.Descriptor))
            .SelectMany(detail => detail.Unpack<BadRequest>().FieldViolations)
            .Select(violation => new PlanFault(kind, violation.Field, violation.Description))];
    }

    private static PlanFaultKind KindOf(StatusCode code) => code switch
    {
        StatusCode.NotFound => PlanFaultKind.NotFound,
        StatusCode.FailedPrecondition => PlanFaultKind.FailedPrecondition,
        _ => PlanFaultKind.InvalidArgument,
    };

    private static BadRequest.Types.FieldViolation ToViolation(PlanFault fault) => new() { Field = fault.Field, Description = fault.Message };
}
