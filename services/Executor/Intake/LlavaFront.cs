using Fovea.Executor.Models.Llava;
using Fovea.Executor.Text;
using Fovea.Executor.Vision;
using Fovea.Torch.Images;

namespace Fovea.Executor.Intake;

/// <summary>Prompts and image inputs of LLaVA-1.5: every image has the same number of vision tokens.</summary>
internal sealed class LlavaFront : IModelFront
{
    private readonly PromptEncoder _prompts;
    private readonly ClipImageProcessor _images;
    private readonly int _visionTokens;

    private LlavaFront(PromptEncoder prompts, ClipImageProcessor images, int visionTokens)
    {
        _prompts = prompts;
        _images = images;
        _visionTokens = visionTokens;
    }

    /// <summary>Reads the chat template and the preprocessing of a checkpoint folder.</summary>
    /// <exception cref="Runtime.CheckpointException">A file cannot be used; every fault of it is named.</exception>
    public static LlavaFront Read(string folder, ITokenizer tokenizer)
    {
        var config = LlavaConfigReader.Read(folder);
        var prompts = new PromptEncoder(tokenizer, ChatTemplateReader.Read(folder), config.ImageTokenId);
        return new LlavaFront(prompts, new ClipImageProcessor(ClipImageOptionsReader.Read(folder)), config.VisionTokens);
    }

    /// <inheritdoc/>
    public EncodedPrompt Encode(IReadOnlyList<ChatMessage> messages)
    {
        var images = messages.Sum(message => message.Parts.Count(part => part is ChatPart.Image));
        return _prompts.Encode(messages, [.. Enumerable.Repeat(_visionTokens, images)]);
    }

    /// <inheritdoc/>
    public Runtime.PixelValues Preprocess(RgbImage image)
    {
        var values = _images.Process(new RgbPixels(image.Width, image.Height, image.Pixels));
        return new Runtime.PixelValues(values.Height, values.Width, values.Data);
    }
}
