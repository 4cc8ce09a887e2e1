using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Is an executor that serves the searched model, and the sets that it holds.</summary>
/// <param name="ExecutorId">Its id.</param>
/// <param name="Address">Its address.</param>
/// <param name="Model">Its model.</param>
/// <param name="Sets">Its sets; empty when it could not be asked.</param>
internal sealed record SurveyedExecutor(string ExecutorId, string Address, ModelProfile Model, IReadOnlyList<SetSummary> Sets);
