using System.Collections.Immutable;
using Fovea.Contracts.V1;
using Fovea.Executor.Decode;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Intake;

/// <summary>A request in which nothing is wrong.</summary>
internal sealed record AcceptedRequest
{
    /// <summary>Id in events, logs and plans.</summary>
    public required string RequestId { get; init; }

    /// <summary>Tenant; empty when none was named.</summary>
    public required string Tenant { get; init; }

    /// <summary>Class for the policy; empty when none was named.</summary>
    public required string RequestClass { get; init; }

    /// <summary>Images in prompt order.</summary>
    public required ImmutableArray<ImageFile> Images { get; init; }

    /// <summary>The prompt.</summary>
    public required ModelPrompt Prompt { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public required SamplingOptions Sampling { get; init; }

    /// <summary>Whether end-of-text does not end the answer.</summary>
    public required bool IgnoreEos { get; init; }

    /// <summary>What replaces the policy's choice; null when nothing does.</summary>
    public required PlanOverride? Plan { get; init; }

    /// <summary>Whether the kept tokens of each layer are reported.</summary>
    public required bool ReportKept { get; init; }

    /// <summary>Whether a plan that the scheduler did not make is refused.</summary>
    public required bool RefuseStale { get; init; }
}
