namespace Fovea.Executor.Text;

/// <summary>A piece of a message: text, or the place of an image.</summary>
internal abstract record ChatPart
{
    private ChatPart()
    {
    }

    /// <summary>Text as its author wrote it; nothing in it is read as a marker.</summary>
    /// <param name="Content">Any string.</param>
    internal sealed record Text(string Content) : ChatPart;

    /// <summary>The place of the next image of the request.</summary>
    internal sealed record Image : ChatPart;
}
