using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text;

/// <summary>Turns conversations and raw prompts into ids with the vision tokens in place; safe for several threads.</summary>
/// <remarks>
/// What users write never becomes a control token: text is encoded with special tokens and the image placeholder switched off, and
/// placeholders are put between the texts as tokens.
/// </remarks>
internal sealed class PromptEncoder
{
    /// <summary>How an image is written in a raw prompt.</summary>
    public const string ImageMarker = "<image>";

    private readonly ITokenizer _tokenizer;
    private readonly ChatTemplate _template;
    private readonly int _imageTokenId;
    private readonly HashSet<int> _reserved;

    /// <summary>Encodes with a checkpoint's tokenizer and template; <paramref name="imageTokenId"/> stands for one vision token.</summary>
    public PromptEncoder(ITokenizer tokenizer, ChatTemplate template, int imageTokenId)
    {
        _tokenizer = tokenizer;
        _template = template;
        _imageTokenId = imageTokenId;
        _reserved = [imageTokenId];
    }

    /// <summary>
    /// Encodes a conversation; <paramref name="visionTokens"/> gives the number of vision tokens of each image, in order.
    /// </summary>
    public EncodedPrompt Encode(IReadOnlyList<ChatMessage> messages, IReadOnlyList<int> visionTokens) =>
        Encode(_template.Render(messages, _imageTokenId), visionTokens);

    /// <summary>Encodes a prompt that is complete but for its images, each written as <see cref="ImageMarker"/>.</summary>
    public EncodedPrompt EncodeRaw(string prompt, IReadOnlyList<int> visionTokens)
    {
        var parts = new List<PromptPart>();
        var texts = prompt.Split(ImageMarker);
        for (var index = 0; index < texts.Length; index++)
        {
            if (index > 0)
            {
                parts.AddRange(_template.Image(_imageTokenId));
            }

            parts.Add(new PromptPart.Text(texts[index]));
        }

        return Encode(parts, visionTokens);
    }

    private EncodedPrompt Encode(IReadOnlyList<PromptPart> parts, IReadOnlyList<int> visionTokens)
    {
        var ids = _tokenizer.Encode(new PromptParts(parts) { Reserved = _reserved }, addSpecialTokens: true);
        var places = ids.Count(id => id == _imageTokenId);
        if (places != visionTokens.Count)
        {
            throw new PromptException($"The prompt has {places} places for images and the request has {visionTokens.Count} images");
        }

        return Expand(ids, visionTokens);
    }

    private EncodedPrompt Expand(int[] ids, IReadOnlyList<int> visionTokens)
    {
        var spans = new List<VisionSpan>(visionTokens.Count);
        var output = new List<int>(ids.Length + visionTokens.Sum());
        foreach (var id in ids)
        {
            if (id != _imageTokenId)
            {
                output.Add(id);
                continue;
            }

            var length = visionTokens[spans.Count];
            spans.Add(new VisionSpan(output.Count, length));
            output.AddRange(Enumerable.Repeat(_imageTokenId, length));
        }

        return new EncodedPrompt([.. output], [.. spans]);
    }
}
