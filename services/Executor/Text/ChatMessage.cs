namespace Fovea.Executor.Text;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who it is from.</param>
/// <param name="Parts">Its text and images in order.</param>
internal sealed record ChatMessage(ChatRole Role, IReadOnlyList<ChatPart> Parts)
{
    /// <summary>A message of text alone.</summary>
    public static ChatMessage Of(ChatRole role, string text) => new(role, [new ChatPart.Text(text)]);

    /// <summary>A user's message: images, then a question.</summary>
    public static ChatMessage Ask(string question, int images = 1) =>
        new(ChatRole.User, [.. Enumerable.Repeat<ChatPart>(new ChatPart.Image(), images), new ChatPart.Text(question)]);
}
