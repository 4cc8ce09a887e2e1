using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Names what executors are asked to score.</summary>
/// <param name="Model">Model name.</param>
/// <param name="ModelRevision">Revision; executors with another one take no part.</param>
/// <param name="SetDigest">Question set.</param>
/// <param name="Metric">What each question is scored by.</param>
/// <param name="IsPlain">Whether executors may reuse nothing.</param>
internal sealed record EvaluationTarget(string Model, string ModelRevision, string SetDigest, Metric Metric, bool IsPlain);
