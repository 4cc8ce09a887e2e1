using Fovea.Planning.Shapes;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Shapes;

public sealed class ShapeReaderTests
{
    private const int Patch14 = 588;

    [Fact]
    public void Read_PublishedLlava_TakesWhatIsLeftOutFromLlama()
    {
        const string Config = """
            {"model_type":"llava","vision_feature_layer":-2,"vision_feature_select_strategy":"default","torch_dtype":"float16",
             "text_config":{"model_type":"llama","max_position_embeddings":4096,"vocab_size":32064},
             "vision_config":{"model_type":"clip_vision_model","hidden_size":1024,"image_size":336,"intermediate_size":4096,
                              "num_attention_heads":16,"num_hidden_layers":24,"patch_size":14}}
            """;

        var shape = ShapeReader.Read(Config, "llava-1.5-7b").Require();

        Assert.Equal(KnownShapes.Get("llava-1.5-7b"), shape);
    }

    [Fact]
    public void Read_PublishedInternVl_EqualsTheKnownShape()
    {
        const string Config = """
            {"model_type":"internvl_chat","downsample_ratio":0.5,"force_image_size":448,"select_layer":-1,"torch_dtype":"bfloat16",
             "llm_config":{"model_type":"internlm2","hidden_size":2048,"intermediate_size":8192,"num_attention_heads":16,
                           "num_hidden_layers":24,"num_key_value_heads":8,"vocab_size":92553},
             "vision_config":{"hidden_size":1024,"image_size":448,"intermediate_size":4096,"num_attention_heads":16,
                              "num_hidden_layers":24,"patch_size":14}}
            """;

        Assert.Equal(KnownShapes.Get("internvl2-2b"), ShapeReader.Read(Config, "internvl2-2b").Require());
    }

    [Fact]
    public void Read_PublishedQwen2Vl_EqualsTheKnownShape()
    {
        const string Config = """
            {"model_type":"qwen2_vl","hidden_size":3584,"intermediate_size":18944,"num_attention_heads":28,"num_hidden_layers":28,
             "num_key_value_heads":4,"vocab_size":152064,"torch_dtype":"bfloat16",
             "vision_config":{"depth":32,"embed_dim":1280,"mlp_ratio":4,"num_heads":16,"in_chans":3,"hidden_size":3584,
                              "patch_size":14,"spatial_merge_size":2,"spatial_patch_size":14,"temporal_patch_size":2}}
            """;

        Assert.Equal(KnownShapes.Get("qwen2-vl-7b"), ShapeReader.Read(Config, "qwen2-vl-7b").Require());
    }

    [Theory]
    [InlineData("llava", 4)]
    [InlineData("llava-sharded", 2)]
    public void Read_LlavaFixture_HasItsSizes(string folder, int kvHeads)
    {
        var shape = Read(folder);

        Assert.Equal(new LanguageShape(8, 64, 4, kvHeads, 16, 160, 1408), shape.Language);
        Assert.Equal(new VisionShape(4, 48, 96, 65, 64) { LayersRun = 3, PatchElements = Patch14 }, shape.Vision);
        Assert.Equal(new ProjectorShape(48, 64, 64), shape.Projector);
        Assert.Equal(4, shape.KvBytesPerElement);
    }

    [Theory]
    [InlineData("internvl-hf", 2, 1424)]
    [InlineData("internvl-qwen2", 2, 1424)]
    [InlineData("internvl-phi3", 4, 1424)]
    public void Read_InternVlFixture_HasItsSizes(string folder, int kvHeads, int vocabulary)
    {
        var shape = Read(folder);

        Assert.Equal(new LanguageShape(8, 64, 4, kvHeads, 16, 160, vocabulary), shape.Language);
        Assert.Equal(new VisionShape(3, 48, 96, 65, 16) { PatchElements = Patch14 }, shape.Vision);
        Assert.Equal(new ProjectorShape(192, 64, 64), shape.Projector);
    }

    [Fact]
    public void Read_Qwen2VlFixture_HasItsSizes()
    {
        var shape = Read("qwen2-vl");

        Assert.Equal(new VisionShape(3, 32, 64, 4, 1) { PatchElements = 2 * Patch14, AttentionSpansTiles = true }, shape.Vision);
        Assert.Equal(new ProjectorShape(128, 128, 64), shape.Projector);
    }

    [Fact]
    public void Read_Qwen25VlFixture_HasAGatedEncoder()
    {
        var vision = Read("qwen2.5-vl").Vision!;

        Assert.Equal((4, 32, 64, 3), (vision.Layers, vision.HiddenSize, vision.FfnSize, vision.FfnMatrices));
    }

    [Fact]
    public void Read_LlavaNextFixture_HasGroupedHeads() =>
        Assert.Equal(new LanguageShape(8, 64, 4, 2, 16, 160, 1408), Read("llava-next").Language);

    [Fact]
    public void Read_TextModel_HasNoVision()
    {
        var shape = ShapeReader.Read("""{"model_type":"llama"}""", "text").Require();

        Assert.Null(shape.Vision);
        Assert.Equal(new LanguageShape(32, 4096, 32, 32, 128, 11008, 32000), shape.Language);
    }

    [Fact]
    public void Read_SeveralFaults_NamesEachWithItsPath()
    {
        const string Config = """
            {"model_type":"llava","vision_feature_layer":-9,
             "text_config":{"model_type":"qwen2","hidden_size":"big","num_attention_heads":4,"num_key_value_heads":3,
                            "num_hidden_layers":0,"intermediate_size":8,"vocab_size":9,"head_dim":2},
             "vision_config":{"hidden_size":8,"intermediate_size":8,"num_hidden_layers":4,"image_size":7}}
            """;

        var fields = ShapeReader.Read(Config, "x").Faults.Select(fault => fault.Field).ToArray();

        string[] expected =
        [
            "text_config.hidden_size", "text_config.num_key_value_heads", "text_config.num_hidden_layers", "vision_feature_layer",
            "vision_config.patch_size",
        ];
        Assert.Equal(expected, fields);
    }

    [Theory]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "not JSON")]
    [InlineData("{\"model_type\":\"bert\"}", "'bert' is not supported")]
    public void Read_NoConfiguration_SaysSo(string config, string message) =>
        Assert.Contains(message, Assert.Single(ShapeReader.Read(config, "x").Faults).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_SectionsMissing_NamesThem()
    {
        var faults = ShapeReader.Read("""{"model_type":"internvl_chat"}""", "x").Faults;

        Assert.Contains(faults, fault => fault.Field == "llm_config");
        Assert.Contains(faults, fault => fault.Field == "vision_config");
    }

    private static ModelShape Read(string folder) => ShapeReader.Read(RepositoryFiles.Fixture($"{folder}/config.json"), folder).Require();
}
