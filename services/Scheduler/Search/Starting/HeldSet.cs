using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Is a set that an executor holds.</summary>
/// <param name="Summary">What the executor says of it.</param>
/// <param name="Questions">Its questions.</param>
internal sealed record HeldSet(SetSummary Summary, SetQuestions Questions);
