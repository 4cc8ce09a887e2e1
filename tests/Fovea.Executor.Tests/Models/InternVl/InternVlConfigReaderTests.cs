using System.Text;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.InternVl;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Models.InternVl;

public sealed class InternVlConfigReaderTests
{
    [Fact]
    public void Read_EachLayout_GivesItsParts()
    {
        var hf = InternVlConfigReader.Read(FixtureFiles.PathOf("internvl-hf"));
        var chat = InternVlConfigReader.Read(FixtureFiles.PathOf("internvl-llama"));

        Assert.Equal((InternVlNames.Hf, "qwen2", 1410, 16, 3), (hf.Names, hf.Text.ModelType, hf.ImageTokenId, hf.TokensPerTile, hf.VisionLayersUsed));
        Assert.True(hf.Text.QueryKeyValueBias);
        Assert.Equal((InternVlNames.Chat, "llama", 1404, 16, 3), (chat.Names, chat.Text.ModelType, chat.ImageTokenId, chat.TokensPerTile, chat.VisionLayersUsed));
        Assert.True(chat.Vision.NormalizesQueriesAndKeys && chat.Vision.HasRmsNorms);
    }

    [Fact]
    public void Read_Phi3LongRope_LimitsTheContextToTheFirstTraining()
    {
        var text = InternVlConfigReader.Read(FixtureFiles.PathOf("internvl-phi3")).Text;

        var scaling = Assert.IsType<RopeScaling.LongRope>(text.RopeScaling);
        Assert.Equal((4096, 1.1371), (text.MaxPositions, scaling.Divisors[1]));
        Assert.Equal(Math.Sqrt(1 + (Math.Log(32) / Math.Log(4096))), scaling.Factor, 1e-12);
    }

    [Theory]
    [InlineData("internvl-hf", "\"model_type\": \"qwen2\"", "\"model_type\": \"gemma\"", "\"gemma\", none of the supported backbones qwen2, llama, mistral")]
    [InlineData("internvl-internlm2", "\"model_type\": \"internlm2\"", "\"model_type\": \"mamba\"", "\"mamba\", none of the supported backbones internlm2")]
    [InlineData("internvl-hf", "\"downsample_ratio\": 0.5", "\"downsample_ratio\": 0.3", "$.downsample_ratio is 0.3")]
    [InlineData("internvl-hf", "\"use_mean_pooling\": true", "\"use_mean_pooling\": false", "$.vision_config.use_mean_pooling is false")]
    [InlineData("internvl-hf", "\"norm_type\": \"layer_norm\"", "\"norm_type\": \"batch\"", "$.vision_config.norm_type is \"batch\"")]
    [InlineData("internvl-hf", "\"image_token_id\": 1410", "\"image_token_id\": 1424", "$.image_token_id is 1424, outside [0, 1423]")]
    [InlineData("internvl-hf", "\"vision_feature_layer\": -1", "\"vision_feature_layer\": -5", "outside [-4, 3]")]
    [InlineData("internvl-qwen2", "\"force_image_size\": 112", "\"force_image_size\": 224", "$.force_image_size is 224 and vision_config.image_size 112")]
    [InlineData("internvl-qwen2", "\"ps_version\": \"v2\"", "\"ps_version\": \"v3\"", "$.ps_version is \"v3\"")]
    [InlineData("internvl-phi3", "\"short_factor\": [", "\"short_factor\": [1.0,", "short_factor has 9 factors where half the head size needs 8")]
    [InlineData("internvl-phi3", "\"type\": \"su\"", "\"type\": \"yarn\"", "\"yarn\"; only")]
    public void Parse_FaultyField_NamesIt(string family, string good, string bad, string expected)
    {
        var json = File.ReadAllText(FixtureFiles.PathOf(family, "config.json"));
        Assert.Contains(good, json, StringComparison.Ordinal);

        var error = Assert.Throws<CheckpointException>(
            () => InternVlConfigReader.Parse(Encoding.UTF8.GetBytes(json.Replace(good, bad)), FixtureFiles.PathOf(family)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NoTokenizerFiles_NamesTheMissingToken()
    {
        using var folder = new TemporaryFolder();
        var json = File.ReadAllBytes(FixtureFiles.PathOf("internvl-qwen2", "config.json"));

        var error = Assert.Throws<CheckpointException>(() => InternVlConfigReader.Parse(json, folder.Root));

        Assert.Contains("<IMG_CONTEXT> is named by none of added_tokens.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internvl-qwen2", 1405)]
    [InlineData("internvl-internlm2", 1204)]
    [InlineData("internvl-phi3", 1408)]
    [InlineData("internvl-llama", 1404)]
    public void Find_EachTokenizerFile_TellsTheSameIdAsTheRecordedPrompt(string family, int expected)
    {
        var id = AddedTokenIds.Find(FixtureFiles.PathOf(family), "<IMG_CONTEXT>", new FaultList());

        using var file = SafetensorsFile.Open(FixtureFiles.PathOf(family, "cases", "full.safetensors"));
        var counts = file.Tensors["input_ids"].As<long>().ToArray().GroupBy(token => token).MaxBy(group => group.Count())!;
        Assert.Equal(expected, id);
        Assert.Equal((int)counts.Key, id);
    }
}
