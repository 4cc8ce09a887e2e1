using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tables;

/// <summary>Says for what a lossless search has stored a schedule.</summary>
/// <param name="Id">Id of the schedule.</param>
/// <param name="Model">Model that it was searched on.</param>
/// <param name="ModelRevision">Revision of the model, or <c>*</c> if that is not known.</param>
/// <param name="RequestClass">Class of questions that it was searched on; empty for all.</param>
/// <param name="Revision">Store revision at which the search has stored it: the highest is the newest.</param>
public sealed record LosslessSchedule(ScheduleId Id, string Model, string ModelRevision, string RequestClass, long Revision);
