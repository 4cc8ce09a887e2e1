namespace Fovea.Scheduler.Search.Starting;

/// <summary>Is the size of the largest prompt of a search.</summary>
/// <param name="VisionTokens">Its vision tokens.</param>
/// <param name="TextTokens">Its other tokens.</param>
/// <param name="Floor">Fewest vision tokens of a layer.</param>
internal sealed record PromptSize(int VisionTokens, int TextTokens, int Floor);
