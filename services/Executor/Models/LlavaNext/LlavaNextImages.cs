using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Models.LlavaNext;

/// <summary>Image inputs of LLaVA-NeXT: the whole picture and its tiles on the best canvas.</summary>
internal sealed class LlavaNextImages : IImageInputs
{
    private readonly AnyResolutionProcessor _processor;
    private readonly LlavaNextConfig _config;

    private LlavaNextImages(AnyResolutionProcessor processor, LlavaNextConfig config)
    {
        _processor = processor;
        _config = config;
    }

    /// <inheritdoc/>
    public int ImageTokenId => _config.Base.ImageTokenId;

    /// <inheritdoc/>
    public ImageFrame? Frame => null;

    /// <summary>Reads the preprocessing of a checkpoint folder.</summary>
    /// <exception cref="CheckpointException">A file cannot be used; every fault of it is named.</exception>
    public static LlavaNextImages Read(string folder)
    {
        var config = LlavaNextConfigReader.Read(folder);
        var options = PreprocessorFields.Read(folder, root => ReadOptions(root, config));
        return new LlavaNextImages(new AnyResolutionProcessor(options), config);
    }

    /// <inheritdoc/>
    public ImageTokens TokensOf(ImageSize size)
    {
        var vision = _config.Base.Vision;
        return TileLayout.Of(size, AnyResolution.Best(size, _config.Canvases), vision.ImageSize, vision.GridSize).Tokens(_config.Base.VisionTokens);
    }

    /// <inheritdoc/>
    public PixelValues Process(RgbPixels image) => _processor.Process(image);

    private static AnyResolutionOptions ReadOptions(JsonObjectReader root, LlavaNextConfig config)
    {
        var side = config.Base.Vision.ImageSize;
        PreprocessorFields.CheckType(root, "LlavaNextImageProcessor", "LlavaNextImageProcessorFast");
        foreach (var field in (string[])["size", "crop_size"])
        {
            foreach (var name in (string[])["shortest_edge", "height", "width"])
            {
                if (root.Object(field)?.OptionalInt(name, 1, int.MaxValue) is { } pixels && pixels != side)
                {
                    root.Fault(field, $"has {name} {pixels}, the vision tower takes {side}");
                }
            }
        }

        var canvases = root.Has("image_grid_pinpoints") ? LlavaNextConfigReader.ReadCanvases(root, side) : config.Canvases;
        if (!canvases.SequenceEqual(config.Canvases))
        {
            root.Fault("image_grid_pinpoints", "differs from config.json's");
        }

        return new AnyResolutionOptions(side, canvases)
        {
            Filter = PreprocessorFields.Filter(root),
            Normalization = PreprocessorFields.Normalization(root, Normalization.Clip),
        };
    }
}
