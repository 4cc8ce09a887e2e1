using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Tests.Vision;

public sealed class PixelResizerTests
{
    public static TheoryData<string> References()
    {
        using var file = Open();
        return [.. file.Tensors.Keys.Where(name => name != "source" && !BeginsWithColumns(name)).Order(StringComparer.Ordinal)];
    }

    // The table is of a Pillow that began with the rows always; TileImageProcessorTests hold images of the one that does not.
    private static bool BeginsWithColumns(string name) =>
        name.EndsWith("-20x11", StringComparison.Ordinal) || name.EndsWith("-130x7", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(References))]
    public void Resize_EachFilterAndSize_EqualsPillow(string name)
    {
        using var file = Open();
        var expected = file.Tensors[name];

        var output = PixelResizer.Resize(
            Image(file.Tensors["source"]), (int)expected.Shape[1], (int)expected.Shape[0], (ResampleFilter)(name[0] - '0'));

        Assert.Equal(expected.Bytes.ToArray(), output.Data);
    }

    [Theory]
    [InlineData(20, 11, 3, 7, 2, 6)]
    [InlineData(20, 21, 3, 7, 2, 6)]
    [InlineData(64, 40, 10, 30, 0, 40)]
    [InlineData(37, 50, 0, 37, 13, 9)]
    [InlineData(37, 23, 5, 20, 4, 10)]
    public void Resize_Window_EqualsTheCutOfTheWhole(int width, int height, int left, int columns, int top, int rows)
    {
        using var file = Open();
        var source = Image(file.Tensors["source"]);
        var whole = PixelResizer.Resize(source, width, height, ResampleFilter.Bicubic);

        var part = PixelResizer.Resize(source, new AxisWindow(width, left, columns), new AxisWindow(height, top, rows), ResampleFilter.Bicubic);

        Assert.Equal((columns, rows), (part.Width, part.Height));
        for (var row = 0; row < rows; row++)
        {
            Assert.Equal(
                whole.Data.AsSpan((((top + row) * width) + left) * 3, columns * 3).ToArray(),
                part.Data.AsSpan(row * columns * 3, columns * 3).ToArray());
        }
    }

    [Fact]
    public void Resize_SameSize_GivesTheImageItself()
    {
        var image = new RgbPixels(2, 1, [1, 2, 3, 4, 5, 6]);

        Assert.Same(image, PixelResizer.Resize(image, 2, 1, ResampleFilter.Bicubic));
    }

    [Fact]
    public void Resize_EmptySize_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelResizer.Resize(new RgbPixels(1, 1, new byte[3]), 0, 1, ResampleFilter.Bicubic));

    [Fact]
    public void Construct_DataOfOtherLength_Throws() => Assert.Throws<ArgumentException>(() => new RgbPixels(2, 2, new byte[11]));

    private static SafetensorsFile Open() => SafetensorsFile.Open(FixtureFiles.PathOf("images", "resize.uint8.safetensors"));

    private static RgbPixels Image(TensorEntry tensor) => new((int)tensor.Shape[1], (int)tensor.Shape[0], tensor.Bytes.ToArray());
}
