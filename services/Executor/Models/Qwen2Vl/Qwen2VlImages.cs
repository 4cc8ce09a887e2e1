using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Models.Qwen2Vl;

/// <summary>Image inputs of Qwen2-VL and Qwen2.5-VL: native resolution, as many vision tokens as the image has squares of patches.</summary>
internal sealed class Qwen2VlImages : IImageInputs
{
    private readonly PatchImageProcessor _processor;

    private Qwen2VlImages(PatchImageProcessor processor, int imageTokenId)
    {
        _processor = processor;
        ImageTokenId = imageTokenId;
    }

    /// <inheritdoc/>
    public int ImageTokenId { get; }

    /// <inheritdoc/>
    public ImageFrame? Frame => new("<|vision_start|>", "<|vision_end|>");

    /// <summary>Reads the preprocessing of a checkpoint folder.</summary>
    /// <exception cref="CheckpointException">A file cannot be used; every fault of it is named.</exception>
    public static Qwen2VlImages Read(string folder)
    {
        var config = Qwen2VlConfigReader.Read(folder);
        var options = PreprocessorFields.Read(folder, root => PatchOptionsReader.Read(root, config.Vision));
        return new Qwen2VlImages(new PatchImageProcessor(options), config.ImageTokenId);
    }

    /// <summary>What an image becomes in the prompt.</summary>
    /// <param name="squares">Its grid in squares.</param>
    public static ImageTokens TokensOf(PatchGrid squares) => new((int)squares.Count) { Grid = squares };

    /// <inheritdoc/>
    public ImageTokens TokensOf(ImageSize size)
    {
        var (grid, merge) = (_processor.Options.GridOf(size), _processor.Options.MergeSize);
        return TokensOf(new PatchGrid(grid.Frames, grid.Rows / merge, grid.Columns / merge));
    }

    /// <inheritdoc/>
    public PixelValues Process(RgbPixels image) => _processor.Process(image);
}
