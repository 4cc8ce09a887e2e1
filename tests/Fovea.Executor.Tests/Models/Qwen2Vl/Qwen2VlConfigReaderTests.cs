using System.Text;
using Fovea.Executor.Models.Qwen2Vl;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Models.Qwen2Vl;

public sealed class Qwen2VlConfigReaderTests
{
    [Fact]
    public void Read_BothGenerations_GiveTheirTowers()
    {
        var first = Qwen2VlConfigReader.Read(FixtureFiles.PathOf("qwen2-vl"));
        var windowed = Qwen2VlConfigReader.Read(FixtureFiles.PathOf("qwen2.5-vl"));

        Assert.Equal((32, 64, 8, false, 0), (first.Vision.HiddenSize, first.Vision.FeedForwardSize, first.Vision.HeadSize, first.Vision.IsGated, first.Vision.WindowSquares));
        Assert.Equal((32, 64, true, 2), (windowed.Vision.HiddenSize, windowed.Vision.FeedForwardSize, windowed.Vision.IsGated, windowed.Vision.WindowSquares));
        Assert.Equal([1, 3], windowed.Vision.FullLayers.Order());
        Assert.Equal([2, 3, 3], first.Text.RotarySections.AsEnumerable());
        Assert.Equal((1406, true), (first.ImageTokenId, first.Text.QueryKeyValueBias));
    }

    [Theory]
    [InlineData("qwen2-vl", "3,", "4,", "mrope_section is [2, 4, 3], not 3 numbers above 0 that make half the head size, 8")]
    [InlineData("qwen2-vl", "\"mrope_section\"", "\"sections\"", "$.rope_scaling has no mrope_section")]
    [InlineData("qwen2-vl", "\"type\": \"mrope\"", "\"type\": \"yarn\"", "\"yarn\"; only \"mrope\"")]
    [InlineData("qwen2-vl", "\"embed_dim\": 32", "\"embed_dim\": 36", "$.vision_config.embed_dim is 36")]
    [InlineData("qwen2-vl", "\"model_type\": \"qwen2_vl\",\n  \"hidden_act\"", "\"model_type\": \"qwen3_vl\",\n  \"hidden_act\"", "$.model_type is \"qwen3_vl\"")]
    [InlineData("qwen2-vl", "\"image_token_id\": 1406", "\"image_token_id\": -1", "$.image_token_id is -1")]
    [InlineData("qwen2.5-vl", "\"out_hidden_size\": 64", "\"out_hidden_size\": 65", "$.vision_config.out_hidden_size is 65, the language model's hidden_size 64")]
    [InlineData("qwen2.5-vl", "\"window_size\": 56", "\"window_size\": 27", "$.vision_config.window_size is 27 pixels, less than the 28")]
    public void Parse_FaultyField_NamesIt(string family, string good, string bad, string expected)
    {
        var json = File.ReadAllText(FixtureFiles.PathOf(family, "config.json"));
        var at = json.IndexOf(good, good == "3," ? json.IndexOf("mrope_section", StringComparison.Ordinal) : 0, StringComparison.Ordinal);
        Assert.True(at >= 0, good);

        var error = Assert.Throws<CheckpointException>(
            () => Qwen2VlConfigReader.Parse(Encoding.UTF8.GetBytes(json[..at] + bad + json[(at + good.Length)..])));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NoVisionConfig_IsAFault()
    {
        var error = Assert.Throws<CheckpointException>(() => Qwen2VlConfigReader.Parse("""{"model_type":"qwen2_vl"}"""u8.ToArray()));

        Assert.Contains("$.vision_config is missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.visual.blocks.0.norm1.weight", "visual.blocks.0.norm1.weight")]
    [InlineData("visual.blocks.0.norm1.weight", "visual.blocks.0.norm1.weight")]
    [InlineData("model.layers.0.mlp.up_proj.weight", "language_model.model.layers.0.mlp.up_proj.weight")]
    [InlineData("model.language_model.layers.0.mlp.up_proj.weight", "language_model.model.layers.0.mlp.up_proj.weight")]
    [InlineData("lm_head.weight", "language_model.lm_head.weight")]
    [InlineData("model.layers.0.self_attn.rotary_emb.inv_freq", null)]
    public void Canonical_NamesOfEveryGeneration_MeanTheSame(string name, string? expected) =>
        Assert.Equal(expected, Qwen2VlNames.Canonical(name));
}
