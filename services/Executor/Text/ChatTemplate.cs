namespace Fovea.Executor.Text;

/// <summary>Writes a conversation the way a model was taught.</summary>
/// <remarks>
/// An image stands where its message places it. The templates of some checkpoints put a message's images before its text instead,
/// which is the same for the usual message; <see cref="ImagesFirst"/> follows them in the other cases too.
/// </remarks>
internal sealed class ChatTemplate
{
    private readonly ChatStyle _style;
    private readonly AddedTokenMatcher? _controls;

    /// <summary>Writes in <paramref name="style"/>.</summary>
    public ChatTemplate(ChatStyle style)
    {
        _style = style;
        _controls = style.Controls.Count == 0 ? null : new AddedTokenMatcher(style.Controls.Select(static content => new AddedToken(0, content)));
    }

    /// <summary>Whether a message's images are moved before its text, as the checkpoints' own templates do.</summary>
    public bool ImagesFirst { get; init; }

    /// <summary>The control tokens that a tokenizer needs for this template.</summary>
    public IReadOnlyList<string> Controls => _style.Controls;

    /// <summary>The prompt of a conversation, ready for the model's answer; images are tokens of <paramref name="imageTokenId"/>.</summary>
    public IReadOnlyList<PromptPart> Render(IReadOnlyList<ChatMessage> messages, int imageTokenId)
    {
        var parts = new List<PromptPart>();
        if (_style.DefaultSystem is { } system && (messages.Count == 0 || messages[0].Role != ChatRole.System))
        {
            AddMessage(ChatMessage.Of(ChatRole.System, system), imageTokenId, parts);
        }

        foreach (var message in messages)
        {
            AddMessage(message, imageTokenId, parts);
        }

        AddFrame(_style.Answer, parts);
        return parts;
    }

    /// <summary>An image's place with the tokens that stand around it in this template.</summary>
    public IReadOnlyList<PromptPart> Image(int imageTokenId)
    {
        var parts = new List<PromptPart>();
        AddFrame(_style.BeforeImage, parts);
        parts.Add(new PromptPart.Token(imageTokenId));
        AddFrame(_style.BehindImage, parts);
        return parts;
    }

    private void AddMessage(ChatMessage message, int imageTokenId, List<PromptPart> parts)
    {
        var frame = message.Role switch
        {
            ChatRole.System => _style.System,
            ChatRole.User => _style.User,
            _ => _style.Assistant,
        };
        AddFrame(frame.Before, parts);
        foreach (var part in Order(message.Parts))
        {
            AddPart(part, imageTokenId, parts);
        }

        AddFrame(frame.After, parts);
    }

    private IEnumerable<ChatPart> Order(IReadOnlyList<ChatPart> parts) =>
        ImagesFirst ? parts.OrderBy(static part => part is ChatPart.Image ? 0 : 1) : parts;

    private void AddPart(ChatPart part, int imageTokenId, List<PromptPart> parts)
    {
        if (part is ChatPart.Text text)
        {
            parts.Add(new PromptPart.Text(text.Content + _style.AfterText));
            return;
        }

        parts.AddRange(Image(imageTokenId));
        AddFrame(_style.AfterImage, parts);
    }

    private void AddFrame(string frame, List<PromptPart> parts)
    {
        if (frame.Length == 0)
        {
            return;
        }

        if (_controls is null)
        {
            parts.Add(new PromptPart.Text(frame));
            return;
        }

        _controls.Split(frame, null, (start, end, control) => parts.Add(
            control is null ? new PromptPart.Text(frame[start..end]) : new PromptPart.Control(control.Content)));
    }
}
