using System.Text.Json;
using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Tests.Vision;

public sealed class SmartResizeTests
{
    [Fact]
    public void Of_RecordedSizes_GivesTheReferenceSizesAndErrors()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(FixtureFiles.PathOf("images", "smart_resize.json")));
        var (different, errors) = (new List<string>(), 0);
        foreach (var row in table.RootElement.EnumerateArray())
        {
            var expected = row.GetProperty("result");
            var actual = Resize(row);
            var same = expected.ValueKind == JsonValueKind.String
                ? actual.Error?.EndsWith(expected.GetString()!, StringComparison.Ordinal) == true
                : actual.Size == new ImageSize(expected[1].GetInt32(), expected[0].GetInt32());
            errors += actual.Error is null ? 0 : 1;
            if (!same)
            {
                different.Add($"{row} -> {actual}");
            }
        }

        Assert.Empty(different);
        Assert.True(errors > 20);
        Assert.True(table.RootElement.GetArrayLength() > 200);
    }

    [Theory]
    [InlineData(4000, 100, 1, 784, 168, 28)]
    [InlineData(640, 480, 3136, 28224, 168, 140)]
    public void Of_FewPixelsAllowed_ShrinksToWholeSquares(int width, int height, long min, long max, int expectedWidth, int expectedHeight) =>
        Assert.Equal(new ImageSize(expectedWidth, expectedHeight), SmartResize.Of(new ImageSize(width, height), 28, min, max));

    private static (ImageSize? Size, string? Error) Resize(JsonElement row)
    {
        try
        {
            var image = new ImageSize(row.GetProperty("width").GetInt32(), row.GetProperty("height").GetInt32());
            return (SmartResize.Of(
                image, row.GetProperty("factor").GetInt32(), row.GetProperty("min_pixels").GetInt64(), row.GetProperty("max_pixels").GetInt64()), null);
        }
        catch (ImageShapeException error)
        {
            return (null, error.Message);
        }
    }
}
