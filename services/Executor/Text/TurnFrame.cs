namespace Fovea.Executor.Text;

/// <summary>What a chat template writes around the messages of one role.</summary>
/// <param name="Before">Text and control tokens before a message.</param>
/// <param name="After">Text and control tokens after it.</param>
internal sealed record TurnFrame(string Before, string After);
