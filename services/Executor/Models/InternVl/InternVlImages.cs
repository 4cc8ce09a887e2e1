using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Image inputs of InternVL: tiles and a thumbnail, the same number of vision tokens for each.</summary>
internal sealed class InternVlImages : IImageInputs
{
    private const int MaxTiles = 1 << 10;

    private readonly TileImageProcessor _processor;
    private readonly InternVlConfig _config;

    private InternVlImages(TileImageProcessor processor, InternVlConfig config)
    {
        _processor = processor;
        _config = config;
    }

    /// <inheritdoc/>
    public int ImageTokenId => _config.ImageTokenId;

    /// <inheritdoc/>
    public ImageFrame? Frame => new("<img>", "</img>");

    /// <summary>Reads the preprocessing of a checkpoint folder.</summary>
    /// <exception cref="CheckpointException">A file cannot be used; every fault of it is named.</exception>
    public static InternVlImages Read(string folder)
    {
        var config = InternVlConfigReader.Read(folder);
        var options = config.Names == InternVlNames.Hf
            ? PreprocessorFields.Read(folder, root => ReadHf(root, config))
            : ReadChat(folder, config);
        return new InternVlImages(new TileImageProcessor(options), config);
    }

    /// <inheritdoc/>
    public ImageTokens TokensOf(ImageSize size) => TokensOf(_processor.Options.TilesOf(size), _config);

    /// <summary>What an image of so many tiles becomes in the prompt.</summary>
    public static ImageTokens TokensOf(int tiles, InternVlConfig config) => new(tiles * config.TokensPerTile)
    {
        Grids = [.. Enumerable.Repeat(PatchGrid.Square(config.TokensPerTile), tiles)],
    };

    /// <inheritdoc/>
    public PixelValues Process(RgbPixels image) => _processor.Process(image);

    private static TileOptions ReadHf(JsonObjectReader root, InternVlConfig config)
    {
        PreprocessorFields.CheckType(root, "GotOcr2ImageProcessor", "GotOcr2ImageProcessorFast", "InternVLImageProcessor");
        var min = root.Int("min_patches", 1, 1, MaxTiles);
        var max = root.Int("max_patches", 12, 1, MaxTiles);
        if (min > max)
        {
            root.Fault("min_patches", $"is {min}, over max_patches, {max}");
        }

        foreach (var side in (string[])["height", "width"])
        {
            if (root.Object("size")?.OptionalInt(side, 1, int.MaxValue) is { } pixels && pixels != config.Vision.ImageSize)
            {
                root.Fault("size", $"has {side} {pixels}, the vision tower takes {config.Vision.ImageSize}");
            }
        }

        // The processor's own default is false, but the model's processor class always turns it on.
        var cuts = root.Bool("crop_to_patches", true);
        return new TileOptions(config.Vision.ImageSize, cuts ? min : 1, cuts ? max : 1)
        {
            Filter = PreprocessorFields.Filter(root),
            Normalization = PreprocessorFields.Normalization(root, Normalization.Clip),
        };
    }

    private static TileOptions ReadChat(string folder, InternVlConfig config)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, "config.json");
        using var document = JsonFile.Load(path, faults);
        faults.ThrowIfAny(path);
        var (min, max, thumbnail) = InternVlConfigReader.ReadTiling(document!, faults);
        faults.ThrowIfAny(path);
        var normalization = File.Exists(Path.Combine(folder, PreprocessorFields.FileName))
            ? PreprocessorFields.Read(folder, static root => PreprocessorFields.Normalization(root, Normalization.ImageNet))
            : Normalization.ImageNet;
        return new TileOptions(config.Vision.ImageSize, min, max) { Thumbnail = thumbnail, Normalization = normalization };
    }
}
