namespace Fovea.Executor.Text;

/// <summary>A piece of a prompt: text, or one token.</summary>
internal abstract record PromptPart
{
    private PromptPart()
    {
    }

    /// <summary>Text; adjoining pieces are encoded as one, and no special token is read out of it.</summary>
    /// <param name="Content">Any string.</param>
    internal sealed record Text(string Content) : PromptPart;

    /// <summary>A token by its id, such as the image placeholder.</summary>
    /// <param name="Id">An id of the tokenizer.</param>
    internal sealed record Token(int Id) : PromptPart;

    /// <summary>A token by how it is written, such as one that begins a message.</summary>
    /// <param name="Content">The content of a token of the tokenizer.</param>
    internal sealed record Control(string Content) : PromptPart;
}
