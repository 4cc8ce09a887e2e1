using Fovea.Executor.Vision;

namespace Fovea.Executor.Tests.Vision;

public sealed class CenterCropTests
{
    [Theory]
    [InlineData(5, 3, "234")]
    [InlineData(6, 3, "234")]
    [InlineData(4, 3, "123")]
    [InlineData(3, 3, "123")]
    [InlineData(2, 3, "012")]
    [InlineData(2, 4, "0120")]
    [InlineData(3, 6, "001230")]
    [InlineData(1, 4, "0010")]
    public void Cut_Row_PlacesItAsTheReference(int size, int crop, string expected)
    {
        var data = Enumerable.Range(1, size).SelectMany(value => Enumerable.Repeat((byte)value, 3)).ToArray();

        var row = CenterCrop.Cut(new RgbPixels(size, 1, data), crop, 1);
        var column = CenterCrop.Cut(new RgbPixels(1, size, data), 1, crop);

        Assert.Equal(expected, string.Concat(row.Data.Chunk(3).Select(pixel => pixel[0])));
        Assert.Equal(expected, string.Concat(column.Data.Chunk(3).Select(pixel => pixel[0])));
    }
}
