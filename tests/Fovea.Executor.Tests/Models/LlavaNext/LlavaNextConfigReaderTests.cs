using System.Text;
using Fovea.Executor.Models.LlavaNext;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Models.LlavaNext;

public sealed class LlavaNextConfigReaderTests
{
    [Fact]
    public void Read_Fixture_GivesCanvasesAsWidthAndHeight()
    {
        var config = LlavaNextConfigReader.Read(FixtureFiles.PathOf("llava-next"));

        Assert.Equal(new ImageSize(224, 112), config.Canvases[0]);
        Assert.Equal((5, 64, "mistral"), (config.Canvases.Length, config.Base.VisionTokens, config.Base.Text.ModelType));
    }

    [Theory]
    [InlineData("\"use_image_newline_parameter\": true", "\"use_image_newline_parameter\": false", "$.use_image_newline_parameter is false")]
    [InlineData("\"model_type\": \"mistral\"", "\"model_type\": \"mixtral\"", "\"mixtral\", none of the supported backbones llama, mistral, qwen2")]
    [InlineData("\"image_grid_pinpoints\"", "\"image_grid_points\"", "$.image_grid_pinpoints names no canvas")]
    [InlineData("\"image_size\": 112", "\"image_size\": 100", "no height and width that are multiples of 100")]
    [InlineData("LlavaNextForConditionalGeneration", "LlavaForConditionalGeneration", "$.architectures names")]
    public void Parse_FaultyField_NamesIt(string good, string bad, string expected)
    {
        var json = File.ReadAllText(FixtureFiles.PathOf("llava-next", "config.json"));
        Assert.Contains(good, json, StringComparison.Ordinal);

        var error = Assert.Throws<CheckpointException>(() => LlavaNextConfigReader.Parse(Encoding.UTF8.GetBytes(json.Replace(good, bad))));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WideImage_IsTheWorkedExample()
    {
        var layout = TileLayout.Of(new ImageSize(420, 180), new ImageSize(336, 112), 112, 8);

        var tokens = layout.Tokens(64);

        Assert.Equal(new TileLayout(1, 3, 0, 8, 3, 18), layout);
        Assert.Equal((216, 208), (tokens.Places, tokens.VisionTokens));
        Assert.Equal(new VisionSpan(64 + 19, 18), tokens.Runs[2]);
    }
}
