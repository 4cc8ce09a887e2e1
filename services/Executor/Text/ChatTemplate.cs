namespace Fovea.Executor.Text;

/// <summary>Writes a conversation the way LLaVA-1.5 was taught: <c>USER: &lt;image&gt;\n{text} ASSISTANT:</c>.</summary>
/// <remarks>
/// An image stands where its message places it. The templates of the checkpoints put a message's images before its text instead,
/// which is the same for the usual message; <see cref="ImagesFirst"/> follows them in the other cases too.
/// </remarks>
internal sealed class ChatTemplate
{
    private const string AfterImage = "\n";
    private const string AnswerPrefix = "ASSISTANT:";

    private readonly ChatStyle _style;

    /// <summary>Writes in <paramref name="style"/>.</summary>
    public ChatTemplate(ChatStyle style) => _style = style;

    /// <summary>Whether a message's images are moved before its text, as the checkpoints' own templates do.</summary>
    public bool ImagesFirst { get; init; }

    /// <summary>The prompt of a conversation, ready for the model's answer; images are tokens of <paramref name="imageTokenId"/>.</summary>
    public IReadOnlyList<PromptPart> Render(IReadOnlyList<ChatMessage> messages, int imageTokenId)
    {
        var parts = new List<PromptPart>();
        foreach (var message in messages)
        {
            if (message.Role != ChatRole.System || _style.NamesSystem)
            {
                parts.Add(new PromptPart.Text($"{NameOf(message.Role)}: "));
            }

            foreach (var part in Order(message.Parts))
            {
                AddPart(part, imageTokenId, parts);
            }

            if (!_style.SpaceAfterEachText)
            {
                parts.Add(new PromptPart.Text(" "));
            }
        }

        parts.Add(new PromptPart.Text(AnswerPrefix));
        return parts;
    }

    private static string NameOf(ChatRole role) => role switch
    {
        ChatRole.System => "SYSTEM",
        ChatRole.User => "USER",
        _ => "ASSISTANT",
    };

    private IEnumerable<ChatPart> Order(IReadOnlyList<ChatPart> parts) =>
        ImagesFirst ? parts.OrderBy(static part => part is ChatPart.Image ? 0 : 1) : parts;

    private void AddPart(ChatPart part, int imageTokenId, List<PromptPart> parts)
    {
        if (part is ChatPart.Text text)
        {
            parts.Add(new PromptPart.Text(_style.SpaceAfterEachText ? text.Content + " " : text.Content));
            return;
        }

        parts.Add(new PromptPart.Token(imageTokenId));
        parts.Add(new PromptPart.Text(AfterImage));
    }
}
