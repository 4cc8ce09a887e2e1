using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Names the questions of a search, drawn once when it starts.</summary>
/// <param name="Samples">Indices in the set of the questions that candidates are scored on, ascending.</param>
/// <param name="Types">Class of each of them.</param>
/// <param name="HeldOut">Indices in the held-out set; empty when there is none.</param>
/// <param name="HeldOutTypes">Class of each of those.</param>
/// <param name="VisionTokens">Most vision tokens of a question.</param>
/// <param name="TextTokens">Most other tokens of a question's prompt.</param>
internal sealed record SearchQuestions(
    ImmutableArray<int> Samples,
    ImmutableArray<string> Types,
    ImmutableArray<int> HeldOut,
    ImmutableArray<string> HeldOutTypes,
    int VisionTokens,
    int TextTokens);
