namespace Fovea.Executor.Runtime;

/// <summary>Tokens that stand around the places of every image.</summary>
/// <param name="Before">Content of the token before them.</param>
/// <param name="After">Content of the token after them.</param>
internal sealed record ImageFrame(string Before, string After);
