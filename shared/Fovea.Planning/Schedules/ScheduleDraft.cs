namespace Fovea.Planning.Schedules;

/// <summary>Gives everything of a schedule but its rates, as a user wrote it.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Model">Model the rates were made for, or <c>*</c>.</param>
/// <param name="ModelRevision">Revision of the model, or <c>*</c>.</param>
/// <param name="Floor">Fewest tokens a layer keeps, or null to use the policy's.</param>
/// <param name="Origin">The spec or search the rates come from.</param>
public sealed record ScheduleDraft(string Name, string Model, string ModelRevision, int? Floor, string Origin);
