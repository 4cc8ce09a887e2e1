namespace Fovea.Cli.Searches;

/// <summary>Says what a search for each class makes of its results.</summary>
/// <param name="PolicyName">Name of the policy.</param>
/// <param name="PolicyFile">File that it is written to; none when null.</param>
/// <param name="SearchesRest">Whether other classes get the schedule of a search over all questions.</param>
/// <param name="RestSchedule">Stored schedule of other classes; everything is kept when null and none is searched.</param>
internal sealed record ByClassRequest(string PolicyName, string? PolicyFile, bool SearchesRest, string? RestSchedule);
