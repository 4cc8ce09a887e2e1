using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Executor.Vision;
using Fovea.Torch.Images;

namespace Fovea.Executor.Intake;

/// <summary>Prompts and image inputs of any family: the chat template places the images, the family says what each becomes.</summary>
internal sealed class ModelFront : IModelFront
{
    private readonly PromptEncoder _prompts;
    private readonly IImageInputs _images;
    private readonly (int Before, int After)? _frame;

    private ModelFront(PromptEncoder prompts, IImageInputs images, (int Before, int After)? frame)
    {
        _prompts = prompts;
        _images = images;
        _frame = frame;
    }

    /// <summary>Reads the chat template and the preprocessing of a checkpoint folder.</summary>
    /// <exception cref="CheckpointException">A file cannot be used; every fault of it is named.</exception>
    public static ModelFront Read(string folder, ITokenizer tokenizer)
    {
        var images = ModelFamilies.Of(folder).Family.OpenImages(folder);
        var prompts = new PromptEncoder(tokenizer, ChatTemplateReader.Read(folder, tokenizer), images.ImageTokenId);
        return new ModelFront(prompts, images, FrameOf(folder, tokenizer, images.Frame));
    }

    /// <inheritdoc/>
    public string? FaultOf(ImageSize image)
    {
        try
        {
            _images.TokensOf(image);
            return null;
        }
        catch (ImageShapeException e)
        {
            return e.Message;
        }
    }

    /// <inheritdoc/>
    public ModelPrompt Encode(IReadOnlyList<ChatMessage> messages, IReadOnlyList<ImageSize> images)
    {
        var tokens = images.Select(_images.TokensOf).ToArray();
        var marked = _prompts.Encode(messages, [.. Enumerable.Repeat(1, tokens.Length)]);
        return ModelPrompt.Of(Expand(marked.InputIds, tokens), _images.ImageTokenId, tokens);
    }

    /// <inheritdoc/>
    public PixelValues Preprocess(RgbImage image) => _images.Process(new RgbPixels(image.Width, image.Height, image.Pixels));

    private static (int Before, int After)? FrameOf(string folder, ITokenizer tokenizer, ImageFrame? frame)
    {
        if (frame is null)
        {
            return null;
        }

        var faults = new FaultList();
        foreach (var token in (string[])[frame.Before, frame.After])
        {
            if (tokenizer.IdOf(token) is null)
            {
                faults.Add($"the tokenizer has no {token}, which stands around images");
            }
        }

        faults.ThrowIfAny(folder);
        return (tokenizer.IdOf(frame.Before)!.Value, tokenizer.IdOf(frame.After)!.Value);
    }

    private int[] Expand(ReadOnlySpan<int> ids, ImageTokens[] images)
    {
        var output = new List<int>(ids.Length + images.Sum(image => image.Places));
        var image = 0;
        for (var index = 0; index < ids.Length; index++)
        {
            if (ids[index] != _images.ImageTokenId)
            {
                output.Add(ids[index]);
                continue;
            }

            // Some templates write the frame themselves.
            var framed = _frame is { } frame && (output.Count == 0 || output[^1] != frame.Before);
            if (framed)
            {
                output.Add(_frame!.Value.Before);
            }

            output.AddRange(Enumerable.Repeat(_images.ImageTokenId, images[image++].Places));
            if (framed)
            {
                output.Add(_frame!.Value.After);
            }
        }

        return [.. output];
    }
}
