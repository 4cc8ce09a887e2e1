using Fovea.Executor.Runtime;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class GenerationDefaultsTests
{
    [Fact]
    public void Read_DemoModel_GivesItsDefaults()
    {
        var defaults = GenerationDefaults.Read(FixtureFiles.DemoModel);

        Assert.Equal([2], defaults.EndTokenIds);
        Assert.Equal((1, 786, 8), (defaults.BeginTokenId, defaults.PadTokenId, defaults.MaxNewTokens));
        Assert.Equal((0.0, 1.0, 0), (defaults.Temperature, defaults.TopP, defaults.TopK));
    }

    [Fact]
    public void Read_SeveralEndsAndSampling_GivesAll()
    {
        using var folder = new TemporaryFolder();
        folder.Write("generation_config.json", """{"eos_token_id":[2,7],"do_sample":true,"temperature":0.7,"top_p":0.9,"top_k":50}""");

        var defaults = GenerationDefaults.Read(folder.Root);

        Assert.Equal([2, 7], defaults.EndTokenIds);
        Assert.Equal((0.7, 0.9, 50), (defaults.Temperature, defaults.TopP, defaults.TopK));
    }

    [Fact]
    public void Read_NoGenerationConfig_TakesTheModelsEnd()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", """{"text_config":{"eos_token_id":9}}""");

        Assert.Equal([9], GenerationDefaults.Read(folder.Root).EndTokenIds);
    }

    [Theory]
    [InlineData("{}", "eos_token_id is missing")]
    [InlineData("""{"eos_token_id":[]}""", "is empty")]
    [InlineData("""{"eos_token_id":["x"]}""", "holds \"x\"")]
    [InlineData("""{"eos_token_id":2,"max_new_tokens":0}""", "$.max_new_tokens is 0")]
    [InlineData("""{"eos_token_id":2,"do_sample":true,"top_p":1.5}""", "$.top_p is 1.5")]
    public void Read_FaultyField_NamesIt(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("generation_config.json", json);

        var error = Assert.Throws<CheckpointException>(() => GenerationDefaults.Read(folder.Root));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
