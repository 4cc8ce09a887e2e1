using System.Text.Json.Nodes;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Prefill;
using Fovea.Executor.Vision;
using Fovea.Torch.Images;

namespace Fovea.Executor.Tests.Models;

/// <summary>From an image file to the encoder's input, for every family with recorded pixels of one.</summary>
[Collection(nameof(TensorCollection))]
public sealed class ImageInputsTests
{
    private const double OneLevel = 1 / (255 * 0.224);

    [Theory]
    [InlineData("llava-next", "wide.png")]
    [InlineData("internvl-hf", "wide.png")]
    [InlineData("internvl-hf-qknorm", "wide.png")]
    [InlineData("internvl-qwen2", "wide.png")]
    [InlineData("qwen2-vl", "boat.jpg", "tall.png")]
    [InlineData("qwen2.5-vl", "boat.jpg", "tall.png")]
    public void Process_RecordedImages_GivesTheRecordedPixels(string family, params string[] images)
    {
        var inputs = Open(family);

        var actual = images.Select(image => inputs.Process(Decoded(image))).ToArray();

        var expected = ParityCase.Inputs(family).Images.SelectMany(image => image.Values).ToArray();
        var values = actual.SelectMany(image => image.Values).ToArray();
        Assert.Equal(expected.Length, values.Length);
        var differences = expected.Zip(values, (one, other) => (double)Math.Abs(one - other)).ToArray();
        Assert.True(differences.Average() < OneLevel, $"mean {differences.Average()}");
        Assert.True(images.Any(image => image.EndsWith(".jpg", StringComparison.Ordinal)) || differences.Max() < 1e-5, $"largest {differences.Max()}");
    }

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void TokensOf_EverySize_IsWhatTheEncoderSaysOfTheProcessedImage(string family)
    {
        using var model = ParityCase.Load(family);
        var inputs = Open(family);
        (int Width, int Height)[] sizes = [(640, 480), (96, 300), (420, 180), (5, 3), (112, 112), (1200, 40), (333, 111), (57, 1000)];

        foreach (var (width, height) in sizes)
        {
            var processed = inputs.Process(new RgbPixels(width, height, new byte[width * height * 3]));

            var before = inputs.TokensOf(new ImageSize(width, height));
            var after = model.Vision!.TokensOf(processed);

            Assert.Equal((before.Places, before.Grid), (after.Places, after.Grid));
            Assert.Equal(before.Runs.AsEnumerable(), after.Runs.AsEnumerable());
            Assert.Equal(before.Grids.AsEnumerable(), after.Grids.AsEnumerable());
            Assert.Equal(before.VisionTokens, before.Grids.Sum(grid => grid.Count));
        }

        Assert.Equal(model.ImageTokenId, inputs.ImageTokenId);
    }

    [Fact]
    public void TokensOf_TooLongAnImage_IsRefusedBeforeDecoding()
    {
        var error = Assert.Throws<ImageShapeException>(() => Open("qwen2-vl").TokensOf(new ImageSize(2010, 10)));

        Assert.Contains("2010 x 10 pixels: absolute aspect ratio must be smaller than 200, got 201.0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TokensOf_ClassRowKept_IsACellOfItsOwn()
    {
        using var folder = TemporaryFolder.CopyOf(Fixtures.Path("llava"));
        var config = JsonNode.Parse(File.ReadAllText(folder.PathOf("config.json")))!.AsObject();
        config["vision_feature_select_strategy"] = "full";
        config.Remove("image_seq_length");
        File.WriteAllText(folder.PathOf("config.json"), config.ToJsonString());

        var tokens = ModelFamilies.Of(folder.Root).Family.OpenImages(folder.Root).TokensOf(new ImageSize(112, 112));

        Assert.Equal([new PatchGrid(1, 1, 1), new PatchGrid(1, 8, 8)], tokens.Grids.AsEnumerable());
        Assert.Equal((65, false), (tokens.VisionTokens, tokens.IsSquare));
        Assert.Equal(tokens.Grids.AsEnumerable(), ModelPrompt.Of([.. Enumerable.Repeat(9, 65)], 9, [tokens]).VisionGrids.AsEnumerable());
    }

    private static IImageInputs Open(string family) => ModelFamilies.Of(Fixtures.Path(family)).Family.OpenImages(Fixtures.Path(family));

    private static RgbPixels Decoded(string name)
    {
        var image = ImageCodec.Decode(File.ReadAllBytes(Fixtures.Path("images", name)), ImageLimits.Default);
        return new RgbPixels(image.Width, image.Height, image.Pixels);
    }
}
