using System.Globalization;
using Fovea.Contracts.Mapping;
using Fovea.Executor.Metrics;
using Fovea.Executor.Planning;
using Fovea.Planning.Validation;
using Fovea.ServiceDefaults.Quotas;
using Grpc.Core;

namespace Fovea.Executor.Intake;

/// <summary>Chooses the status with which a request ends; no other place does.</summary>
internal static class ExceptionMapper
{
    private const string PushBackKey = "grpc-retry-pushback-ms";

    /// <summary>Maps whatever ended a request.</summary>
    /// <param name="error">What ended it.</param>
    /// <param name="ending">What is known of the call's end.</param>
    public static Refusal Map(Exception error, CallEnding ending) => error switch
    {
        // The deadline wins over whatever it broke on the way.
        _ when ending.DeadlinePassed => Of(
            StatusCode.DeadlineExceeded, "The deadline of the request has passed.", RequestOutcome.DeadlineExceeded),
        RequestRefusedException refused => Refused(refused),
        QuotaExceededException used => Refused(new RequestRefusedException(RefusalReason.NoRoom, used.Message, used.RetryAfter)),
        PlanRefusedException refused => Unplanned(refused),
        PlanMisfitException misfit => Of(StatusCode.FailedPrecondition, misfit.Message, RequestOutcome.Unplanned),
        _ when ending.Stopping => Of(
            StatusCode.Unavailable, "The executor stopped before the answer was complete.", RequestOutcome.Rejected),
        OperationCanceledException => Of(StatusCode.Cancelled, "The caller ended the request.", RequestOutcome.Cancelled),
        ObjectDisposedException => Of(StatusCode.Unavailable, "The executor is stopping.", RequestOutcome.Rejected),
        _ when ending.CallerGone => Of(StatusCode.Cancelled, "The caller went away.", RequestOutcome.Cancelled),
        _ => Of(StatusCode.Internal, "The executor failed; its log says why.", RequestOutcome.Failed),
    };

    private static Refusal Refused(RequestRefusedException refused)
    {
        var code = refused.Reason switch
        {
            RefusalReason.Invalid => StatusCode.InvalidArgument,
            RefusalReason.UnknownModel or RefusalReason.UnknownSet => StatusCode.NotFound,
            RefusalReason.OtherRevision => StatusCode.FailedPrecondition,
            RefusalReason.QueueFull or RefusalReason.Late or RefusalReason.NoRoom => StatusCode.ResourceExhausted,
            _ => StatusCode.Unavailable,
        };
        var outcome = code is StatusCode.ResourceExhausted or StatusCode.Unavailable ? RequestOutcome.Rejected : RequestOutcome.Invalid;
        var refusal = refused.Faults.IsEmpty
            ? Of(code, refused.Message, outcome)
            : WithFaults(code, refused.Faults.Select(fault => (fault.Field, fault.Message)), outcome);
        if (refused.RetryAfter is { } wait)
        {
            refusal.Trailers.Add(PushBackKey, ((long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        }

        return refusal;
    }

    /// <summary>A refusal is about the request and is passed on; a code that would speak of the scheduler itself is not.</summary>
    private static Refusal Unplanned(PlanRefusedException refused)
    {
        var code = refused.Code switch
        {
            StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.FailedPrecondition or StatusCode.OutOfRange => refused.Code,
            StatusCode.ResourceExhausted or StatusCode.Unavailable => refused.Code,
            StatusCode.DeadlineExceeded or StatusCode.PermissionDenied => refused.Code,
            _ => StatusCode.Internal,
        };
        return refused.Faults.Count == 0
            ? Of(code, refused.Message, RequestOutcome.Unplanned)
            : WithFaults(code, refused.Faults.Select(fault => (fault.Field, fault.Message)), RequestOutcome.Unplanned);
    }

    private static Refusal WithFaults(StatusCode code, IEnumerable<(string Field, string Message)> faults, RequestOutcome outcome)
    {
        var listed = faults.Select(fault => new PlanFault(PlanFaultKind.InvalidArgument, fault.Field, fault.Message)).ToList();
        var error = RpcFaults.ToException(listed, code);
        return new Refusal(error.Status, outcome, error.Trailers);
    }

    private static Refusal Of(StatusCode code, string message, RequestOutcome outcome) => new(new Status(code, message), outcome, []);
}
