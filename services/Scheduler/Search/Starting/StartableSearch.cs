using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Journal;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Is a search that was checked against the fleet.</summary>
/// <param name="Spec">Its specification, everything filled in.</param>
/// <param name="Questions">Its questions.</param>
internal sealed record StartableSearch(SearchSpec Spec, SearchQuestions Questions);
