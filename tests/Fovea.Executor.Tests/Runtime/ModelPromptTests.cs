using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Runtime;

[Collection(nameof(TensorCollection))]
public sealed class ModelPromptTests
{
    private const int Image = 9;

    [Fact]
    public void Of_LineEnds_ArePlacesButNoVisionTokens()
    {
        int[] ids = [1, Image, Image, Image, Image, Image, Image, 2];
        var image = new ImageTokens(6) { Runs = [new VisionSpan(0, 2), new VisionSpan(3, 2)] };

        var prompt = ModelPrompt.Of(ids, Image, [image]);

        Assert.Equal([new VisionSpan(1, 6)], prompt.FeatureSpans.AsEnumerable());
        Assert.Equal([new VisionSpan(1, 2), new VisionSpan(4, 2)], prompt.VisionSpans.AsEnumerable());
        Assert.Equal((4, 4, 2), (prompt.VisionTokens, prompt.TextTokens, prompt.InstructionTokens));
        Assert.Null(prompt.Positions);
    }

    [Fact]
    public void Of_Layouts_GivesTheGridsOfEveryImage()
    {
        int[] ids = [.. Enumerable.Repeat(Image, 8 + 4 + 6 + 2)];
        var tiles = new ImageTokens(8) { Grids = [new PatchGrid(1, 2, 2), new PatchGrid(1, 2, 2)] };
        var square = new ImageTokens(4) { Grids = [PatchGrid.Square(4)] };
        var grid = new ImageTokens(6) { Grid = new PatchGrid(1, 2, 3) };

        var prompt = ModelPrompt.Of(ids, Image, [tiles, square, grid, new ImageTokens(2)]);

        Assert.Equal(
            [new(1, 2, 2), new(1, 2, 2), new(1, 2, 2), new(1, 2, 3), new PatchGrid(1, 1, 2)],
            prompt.VisionGrids.AsEnumerable());
    }

    [Fact]
    public void Of_GridsOfOtherCount_NamesBoth()
    {
        int[] ids = [Image, Image, Image];
        var image = new ImageTokens(3) { Grids = [new PatchGrid(1, 2, 2)] };

        var fault = Assert.Throws<ArgumentException>(() => ModelPrompt.Of(ids, Image, [image]));

        Assert.Contains("3 vision tokens, their grids hold 4", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TwoImages_CountsEach()
    {
        int[] ids = [Image, Image, 5, Image, Image, Image];

        var prompt = ModelPrompt.Of(ids, Image, [new ImageTokens(2), new ImageTokens(3)]);

        Assert.Equal([2, 3], prompt.ImageVisionTokens.AsEnumerable());
        Assert.Equal([new VisionSpan(0, 2), new VisionSpan(3, 3)], prompt.VisionSpans.AsEnumerable());
    }

    [Fact]
    public void Of_GridApart_IsRefused()
    {
        int[] ids = [Image, 5, Image];

        var error = Assert.Throws<ArgumentException>(
            () => ModelPrompt.Of(ids, Image, [new ImageTokens(2) { Grid = new PatchGrid(1, 1, 2) }]));

        Assert.Contains("stand apart, from 0 to 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_TwoByThreeImage_AreTheWorkedExample()
    {
        var positions = PromptPositions.Of(9, [(1, new PatchGrid(1, 2, 3))]);

        var axes = positions.Values.Chunk(3).ToArray();
        Assert.Equal([0L, 1, 1, 1, 1, 1, 1, 4, 5], axes.Select(row => row[0]));
        Assert.Equal([0L, 1, 1, 1, 2, 2, 2, 4, 5], axes.Select(row => row[1]));
        Assert.Equal([0L, 1, 2, 3, 1, 2, 3, 4, 5], axes.Select(row => row[2]));
        Assert.Equal(6, positions.Next);
    }

    [Fact]
    public void Positions_RecordedPrompt_AreTheReferences()
    {
        foreach (var family in (string[])["qwen2-vl", "qwen2.5-vl"])
        {
            using var file = SafetensorsFile.Open(Fixtures.Path(family, "cases", "full.safetensors"));
            var expected = file.Tensors["position_ids"].As<long>().ToArray();

            var positions = Prefill.ParityCase.Prompt(family).Positions!;

            var length = positions.Values.Length / 3;
            Assert.Equal(expected, Enumerable.Range(0, 3 * length).Select(index => positions.Values[(index % length * 3) + (index / length)]));
        }
    }

    [Fact]
    public void VisionSpans_RecordedLineEnds_AreTheReferences()
    {
        using var file = SafetensorsFile.Open(Fixtures.Path("llava-next", "cases", "full.safetensors"));
        var expected = file.Tensors["vision_mask"].Bytes.ToArray().Select((flag, row) => (flag, row)).Where(item => item.flag != 0).Select(item => item.row);

        var prompt = Prefill.ParityCase.Prompt("llava-next");

        Assert.Equal(expected, prompt.VisionSpans.SelectMany(span => Enumerable.Range(span.Start, span.Length)));
    }
}
