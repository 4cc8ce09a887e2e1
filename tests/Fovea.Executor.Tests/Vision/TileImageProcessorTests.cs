using System.Text.Json;
using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Tests.Vision;

public sealed class TileImageProcessorTests
{
    private const string Table = "internvl-tiles-112.uint8.safetensors";

    public static TheoryData<string> Names() => ReferencePixels.NamesIn(Table);

    [Theory]
    [MemberData(nameof(Names))]
    public void Process_DecodedImage_GivesTheReferenceBytes(string name)
    {
        var processor = new TileImageProcessor(new TileOptions(112, 1, 12) { Normalization = ReferencePixels.Bytes });

        var output = processor.Process(ReferencePixels.Decoded(name));

        ReferencePixels.AssertBytes(Table, name, output);
    }

    [Fact]
    public void GridOf_RecordedSizes_GivesTheReferenceGrids()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(FixtureFiles.PathOf("images", "tile_grid.json")));
        var different = new List<string>();
        foreach (var row in table.RootElement.EnumerateArray())
        {
            var options = new TileOptions(Number(row, "tile"), 1, Number(row, "max_tiles"));
            var size = new ImageSize(Number(row, "width"), Number(row, "height"));
            if (options.GridOf(size) != (Number(row, "columns"), Number(row, "rows")))
            {
                different.Add($"{row} -> {options.GridOf(size)}");
            }
        }

        Assert.True(table.RootElement.GetArrayLength() > 100);
        Assert.Empty(different);
    }

    [Theory]
    [InlineData(448, 448, 1)]
    [InlineData(896, 448, 3)]
    [InlineData(1344, 896, 7)]
    public void TilesOf_Image_CountsTheThumbnailWhereThereAreSeveral(int width, int height, int expected) =>
        Assert.Equal(expected, new TileOptions(448, 1, 12).TilesOf(new ImageSize(width, height)));

    [Fact]
    public void Process_MeanAndDeviation_AreThoseOfTheChannel()
    {
        var processor = new TileImageProcessor(new TileOptions(1, 1, 1) { Normalization = new Normalization(0.5, [1, 2, 3], [1, 2, 4]) });

        var output = processor.Process(new RgbPixels(1, 1, [10, 20, 30]));

        Assert.Equal([4f, 4f, 3f], output.Values);
    }

    private static int Number(JsonElement row, string name) => row.GetProperty(name).GetInt32();
}
