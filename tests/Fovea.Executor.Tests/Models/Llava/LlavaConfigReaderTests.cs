using System.Text;
using Fovea.Executor.Models.Backbones;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Models.Llava;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Models.Llava;

public sealed class LlavaConfigReaderTests
{
    /// <summary>The fields that the published 7B checkpoint writes; all others are left to transformers' defaults.</summary>
    private const string Published = """
        {
          "architectures": ["LlavaForConditionalGeneration"], "ignore_index": -100, "image_token_index": 32000, "model_type": "llava",
          "pad_token_id": 32001, "projector_hidden_act": "gelu", "tie_word_embeddings": false, "torch_dtype": "float16",
          "text_config": {"_name_or_path": "lmsys/vicuna-7b-v1.5", "architectures": ["LlamaForCausalLM"], "max_position_embeddings": 4096,
            "model_type": "llama", "rms_norm_eps": 1e-05, "torch_dtype": "float16", "vocab_size": 32064},
          "vision_config": {"hidden_size": 1024, "image_size": 336, "intermediate_size": 4096, "model_type": "clip_vision_model",
            "num_attention_heads": 16, "num_hidden_layers": 24, "patch_size": 14, "projection_dim": 768, "vocab_size": 32000},
          "vision_feature_layer": -2, "vision_feature_select_strategy": "default", "image_seq_length": 576
        }
        """;

    [Fact]
    public void Read_OlderForm_GivesEveryField()
    {
        var config = LlavaConfigReader.Read(FixtureFiles.PathOf("llava"));

        Assert.Equal((64, 8, 4, 4, 16), (config.Text.HiddenSize, config.Text.Layers, config.Text.Heads, config.Text.KeyValueHeads, config.Text.HeadSize));
        Assert.Equal((160, 1408, 2048), (config.Text.FeedForwardSize, config.Text.VocabularySize, config.Text.MaxPositions));
        Assert.Equal((1e-5, 10000.0), (config.Text.RmsNormEpsilon, config.Text.RopeTheta));
        Assert.Null(config.Text.RopeScaling);
        Assert.Equal((48, 4, 4, 96), (config.Vision.HiddenSize, config.Vision.Layers, config.Vision.Heads, config.Vision.FeedForwardSize));
        Assert.Equal((112, 14, 8), (config.Vision.ImageSize, config.Vision.PatchSize, config.Vision.GridSize));
        Assert.Equal((Activation.QuickGelu, Activation.Gelu), (config.Vision.Activation, config.ProjectorActivation));
        Assert.Equal((1400, 64, 3), (config.ImageTokenId, config.VisionTokens, config.VisionLayersUsed));
        Assert.True(config.ProjectorBias);
        Assert.Equal(FeatureSelection.Patches, config.FeatureSelection);
    }

    [Fact]
    public void Read_NewerForm_ReadsRopeParameters()
    {
        var config = LlavaConfigReader.Read(FixtureFiles.PathOf("llava-sharded"));

        Assert.Equal((2, 16, 10000.0), (config.Text.KeyValueHeads, config.Text.HeadSize, config.Text.RopeTheta));
        Assert.Null(config.Text.RopeScaling);
    }

    [Fact]
    public void Read_DemoModel_GivesItsShape()
    {
        var config = LlavaConfigReader.Read(FixtureFiles.DemoModel);

        Assert.Equal((192, 12, 6, 32, 1e6), (config.Text.HiddenSize, config.Text.Layers, config.Text.Heads, config.Text.HeadSize, config.Text.RopeTheta));
        Assert.Equal((256, 785, 5), (config.VisionTokens, config.ImageTokenId, config.VisionLayersUsed));
    }

    [Fact]
    public void Parse_PublishedForm_TakesTheDefaults()
    {
        var config = LlavaConfigReader.Parse(Encoding.UTF8.GetBytes(Published));

        Assert.Equal((4096, 32, 32, 32, 128), (config.Text.HiddenSize, config.Text.Layers, config.Text.Heads, config.Text.KeyValueHeads, config.Text.HeadSize));
        Assert.Equal((11008, 32064, 4096), (config.Text.FeedForwardSize, config.Text.VocabularySize, config.Text.MaxPositions));
        Assert.Equal((576, 23, 32000), (config.VisionTokens, config.VisionLayersUsed, config.ImageTokenId));
        Assert.False(config.Text.TieWordEmbeddings || config.Text.AttentionBias || config.Text.MlpBias);
    }

    [Fact]
    public void Parse_FullSelection_CountsTheClassRow()
    {
        var config = LlavaConfigReader.Parse(Encoding.UTF8.GetBytes(Published.Replace("\"default\"", "\"full\"").Replace("576", "577")));

        Assert.Equal(577, config.VisionTokens);
    }

    [Theory]
    [InlineData("\"model_type\": \"llava\"", "\"model_type\": \"llava_next\"", "$.model_type is \"llava_next\"")]
    [InlineData("LlavaForConditionalGeneration", "Qwen2VLForConditionalGeneration", "$.architectures names")]
    [InlineData("\"model_type\": \"llama\"", "\"model_type\": \"mistral\"", "$.text_config.model_type is \"mistral\"")]
    [InlineData("clip_vision_model", "siglip_vision_model", "$.vision_config.model_type")]
    [InlineData("\"vision_feature_layer\": -2", "\"vision_feature_layer\": [-2, -5]", "$.vision_feature_layer is a list")]
    [InlineData("\"vision_feature_layer\": -2", "\"vision_feature_layer\": -26", "outside [-25, 24]")]
    [InlineData("\"default\"", "\"cls\"", "neither \"default\" nor \"full\"")]
    [InlineData("\"image_token_index\": 32000", "\"image_token_index\": 32064", "$.image_token_index is 32064, outside [0, 32063]")]
    [InlineData("\"projector_hidden_act\": \"gelu\"", "\"projector_hidden_act\": \"relu6\"", "$.projector_hidden_act is \"relu6\"")]
    [InlineData("\"num_attention_heads\": 16", "\"num_attention_heads\": 15", "$.vision_config.hidden_size is 1024, no multiple")]
    [InlineData("\"patch_size\": 14", "\"patch_size\": 400", "larger than image_size")]
    [InlineData("\"vocab_size\": 32064", "\"vocab_size\": \"many\"", "$.text_config.vocab_size is \"many\" where a whole number is needed")]
    [InlineData("\"vocab_size\": 32064", "\"vocab_size\": 32064, \"num_key_value_heads\": 7", "does not divide num_attention_heads")]
    [InlineData("\"vocab_size\": 32064", "\"vocab_size\": 32064, \"hidden_size\": 4097", "no multiple of num_attention_heads")]
    [InlineData("\"vocab_size\": 32064", "\"vocab_size\": 32064, \"head_dim\": 127", "need an even number")]
    [InlineData("\"vocab_size\": 32064", "\"vocab_size\": 32064, \"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2}", "is \"dynamic\"; only")]
    [InlineData("\"vocab_size\": 32064", "\"vocab_size\": 32064, \"rope_scaling\": {\"rope_type\": \"llama3\"}", "factor is missing")]
    [InlineData("\"image_seq_length\": 576", "\"image_seq_length\": 500", "the vision tower gives 576")]
    [InlineData("\"vision_config\"", "\"num_channels\": 3, \"vision_config\": 3, \"x\"", "$.vision_config is 3 where an object is needed")]
    public void Parse_FaultyField_NamesIt(string good, string bad, string expected)
    {
        var json = Published.Replace(good, bad);
        Assert.NotEqual(Published, json);

        var error = Assert.Throws<CheckpointException>(() => LlavaConfigReader.Parse(Encoding.UTF8.GetBytes(json)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ManyFaults_NamesAll()
    {
        const string json = """{"model_type":"x","text_config":{"hidden_size":-1,"rms_norm_eps":"small"},"vision_config":{"image_size":1.5}}""";

        var faults = Assert.Throws<CheckpointException>(() => LlavaConfigReader.Parse(Encoding.UTF8.GetBytes(json))).Faults;

        Assert.Contains(faults, fault => fault.Contains("$.model_type", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("$.text_config.hidden_size", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("$.text_config.rms_norm_eps", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("$.vision_config.image_size", StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_NoTextConfig_IsAFault()
    {
        var error = Assert.Throws<CheckpointException>(() => LlavaConfigReader.Parse("""{"model_type":"llava"}"""u8.ToArray()));

        Assert.Contains("$.text_config is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_NamesIt()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<CheckpointException>(() => LlavaConfigReader.Read(folder.Root));

        Assert.Contains("config.json: the file is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LinearAndLlama3Scaling_AreRead()
    {
        var linear = WithText("\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4}");
        var llama3 = WithText(
            "\"rope_parameters\": {\"rope_type\": \"llama3\", \"rope_theta\": 500000, \"factor\": 8, \"low_freq_factor\": 1, \"high_freq_factor\": 4, \"original_max_position_embeddings\": 8192}");

        Assert.Equal(new RopeScaling.Linear(4), linear.Text.RopeScaling);
        Assert.Equal(new RopeScaling.Llama3(8, 1, 4, 8192), llama3.Text.RopeScaling);
        Assert.Equal(500000, llama3.Text.RopeTheta);
    }

    private static LlavaConfig WithText(string field) =>
        LlavaConfigReader.Parse(Encoding.UTF8.GetBytes(Published.Replace("\"vocab_size\": 32064", "\"vocab_size\": 32064, " + field)));
}
