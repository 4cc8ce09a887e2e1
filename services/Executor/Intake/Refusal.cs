using Fovea.Executor.Metrics;
using Grpc.Core;

namespace Fovea.Executor.Intake;

/// <summary>How a request ends that gets no whole answer.</summary>
/// <param name="Status">Status of the call.</param>
/// <param name="Outcome">What it counts as.</param>
/// <param name="Trailers">Details and push-back for the client.</param>
internal sealed record Refusal(Status Status, RequestOutcome Outcome, Metadata Trailers)
{
    /// <summary>The exception that ends the call so.</summary>
    public RpcException ToException() => new(Status, Trailers);
}
