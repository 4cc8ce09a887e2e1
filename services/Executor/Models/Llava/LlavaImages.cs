using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Models.Llava;

/// <summary>Image inputs of LLaVA-1.5: every image is one square with the same number of vision tokens.</summary>
internal sealed class LlavaImages : IImageInputs
{
    private readonly ClipImageProcessor _processor;
    private readonly ImageTokens _tokens;

    private LlavaImages(ClipImageProcessor processor, LlavaConfig config)
    {
        _processor = processor;
        _tokens = TokensOf(config);
        ImageTokenId = config.ImageTokenId;
    }

    /// <inheritdoc/>
    public int ImageTokenId { get; }

    /// <inheritdoc/>
    public ImageFrame? Frame => null;

    /// <summary>Reads the preprocessing of a checkpoint folder.</summary>
    /// <exception cref="CheckpointException">A file cannot be used; every fault of it is named.</exception>
    public static LlavaImages Read(string folder) =>
        new(new ClipImageProcessor(ClipImageOptionsReader.Read(folder)), LlavaConfigReader.Read(folder));

    /// <inheritdoc/>
    public ImageTokens TokensOf(ImageSize size) => _tokens;

    /// <summary>What any image becomes in the prompt: the class row, where it is kept, and the square of patches.</summary>
    public static ImageTokens TokensOf(LlavaConfig config)
    {
        var patches = new PatchGrid(1, config.Vision.GridSize, config.Vision.GridSize);
        return new ImageTokens(config.VisionTokens)
        {
            Grids = config.FeatureSelection == FeatureSelection.All ? [new PatchGrid(1, 1, 1), patches] : [patches],
        };
    }

    /// <inheritdoc/>
    public PixelValues Process(RgbPixels image) => _processor.Process(image);
}
