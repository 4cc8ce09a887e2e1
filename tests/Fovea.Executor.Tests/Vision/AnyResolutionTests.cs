using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Tests.Vision;

public sealed class AnyResolutionTests
{
    private const string Table = "llava-next-112.uint8.safetensors";

    private static readonly ImmutableArray<ImageSize> Canvases = [new(224, 112), new(112, 224), new(224, 224), new(112, 336), new(336, 112)];

    public static TheoryData<string> Names() => ReferencePixels.NamesIn(Table);

    [Fact]
    public void Best_RecordedSizes_GivesTheReferenceCanvases()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(FixtureFiles.PathOf("images", "anyres.json")));
        var canvases = table.RootElement.GetProperty("pinpoints").EnumerateArray().Select(Pair).ToImmutableArray();
        var different = new List<string>();
        foreach (var row in table.RootElement.GetProperty("cases").EnumerateArray())
        {
            var image = new ImageSize(row.GetProperty("width").GetInt32(), row.GetProperty("height").GetInt32());
            if (AnyResolution.Best(image, canvases) != Pair(row.GetProperty("best")))
            {
                different.Add($"{row} -> {AnyResolution.Best(image, canvases)}");
            }
        }

        Assert.Empty(different);
        Assert.True(table.RootElement.GetProperty("cases").GetArrayLength() > 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Process_DecodedImage_GivesTheReferenceBytes(string name)
    {
        var processor = new AnyResolutionProcessor(new AnyResolutionOptions(112, Canvases) { Normalization = ReferencePixels.Bytes });

        var output = processor.Process(ReferencePixels.Decoded(name));

        ReferencePixels.AssertBytes(Table, name, output);
    }

    [Theory]
    [InlineData(420, 180, 336, 112, 262, 112)]
    [InlineData(100, 300, 112, 336, 112, 336)]
    [InlineData(1, 300, 112, 336, 2, 336)]
    public void Fit_Image_KeepsItsAspect(int width, int height, int canvasWidth, int canvasHeight, int fitWidth, int fitHeight) =>
        Assert.Equal(new ImageSize(fitWidth, fitHeight), AnyResolution.Fit(new ImageSize(width, height), new ImageSize(canvasWidth, canvasHeight)));

    private static ImageSize Pair(JsonElement pair) => new(pair[1].GetInt32(), pair[0].GetInt32());
}
