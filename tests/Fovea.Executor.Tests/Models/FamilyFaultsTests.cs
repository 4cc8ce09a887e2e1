using System.Text;
using System.Text.Json.Nodes;
using Fovea.Executor.Hosting;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Prefill;
using Fovea.Torch;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Tests.Models;

/// <summary>What cannot be used of any family's checkpoint or prompt, each refused by name.</summary>
[Collection(nameof(TensorCollection))]
public sealed class FamilyFaultsTests
{
    private static readonly string[] TokenizerFiles =
        ["tokenizer.json", "tokenizer.model", "vocab.json", "merges.txt", "added_tokens.json", "tokenizer_config.json"];

    private static readonly string[] Vocabularies = ["tokenizer.json", "tokenizer.model", "vocab.json"];

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void PromptFor_OnePlaceTooFew_NamesBothCounts(string family)
    {
        using var model = ParityCase.Load(family);
        var inputs = ParityCase.Inputs(family);
        var places = inputs.InputIds.Count(id => id == model.ImageTokenId);
        var ids = inputs.InputIds.ToList();
        ids.Remove(model.ImageTokenId);

        var error = Assert.Throws<ArgumentException>(() => (inputs with { InputIds = [.. ids] }).PromptFor(model));

        Assert.Contains($"places for {places - 1} image tokens, the images give {places}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internvl-qwen2", "llm_config")]
    [InlineData("internvl-internlm2", "llm_config")]
    [InlineData("internvl-phi3", "llm_config")]
    [InlineData("internvl-llama", "llm_config")]
    [InlineData("internvl-hf", "text_config")]
    [InlineData("llava-next", "text_config")]
    public void Load_UnknownBackbone_IsNamed(string family, string section)
    {
        using var folder = Copy(family);
        var path = folder.PathOf("config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config[section]!["model_type"] = "mamba";
        config[section]!["architectures"] = new JsonArray("MambaForCausalLM");
        File.WriteAllText(path, config.ToJsonString());

        var error = Assert.Throws<CheckpointException>(() => ModelLoader.Load(new ModelSource(folder.Root, "f", ScalarType.Float32, torch.CPU)));

        Assert.Contains(error.Faults, fault => fault.Contains(section, StringComparison.Ordinal) && fault.Contains("amba", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("qwen2-vl")]
    [InlineData("qwen2.5-vl")]
    public void Load_UnknownFamily_IsNamed(string family)
    {
        using var folder = Copy(family);
        var path = folder.PathOf("config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config["model_type"] = "qwen9_vl";
        File.WriteAllText(path, config.ToJsonString());

        var error = Assert.Throws<CheckpointException>(() => ModelLoader.Load(new ModelSource(folder.Root, "f", ScalarType.Float32, torch.CPU)));

        Assert.Contains(error.Faults, fault => fault.Contains("qwen9_vl", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public async Task Serve_NoTokenizerFiles_SaysWhichAreLookedFor(string family)
    {
        using var folder = Copy(family);
        Array.ForEach(TokenizerFiles, name => File.Delete(folder.PathOf(name)));

        var error = await Assert.ThrowsAsync<AggregateException>(Loader(folder.Root).LoadAsync);

        Assert.Contains(error.InnerExceptions, fault => fault is CheckpointException && fault.Message.Contains("tokenizer.json", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public async Task Serve_HalfATokenizerFile_NamesTheFile(string family)
    {
        using var folder = Copy(family);
        var damaged = Vocabularies.First(name => File.Exists(folder.PathOf(name)));
        var bytes = File.ReadAllBytes(folder.PathOf(damaged));
        File.WriteAllBytes(folder.PathOf(damaged), bytes[..(bytes.Length / 2)]);

        var error = await Assert.ThrowsAsync<AggregateException>(Loader(folder.Root).LoadAsync);

        Assert.Contains(error.InnerExceptions, fault => fault is CheckpointException && fault.Message.Contains(damaged, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("internvl-qwen2")]
    [InlineData("internvl-internlm2")]
    [InlineData("internvl-phi3")]
    [InlineData("internvl-llama")]
    [InlineData("internvl-hf")]
    [InlineData("qwen2-vl")]
    [InlineData("qwen2.5-vl")]
    [InlineData("llava-next")]
    public async Task Serve_TokenizerWithoutTheTemplatesTokens_IsRefused(string family)
    {
        using var folder = Copy(family);
        Array.ForEach(TokenizerFiles, name => File.Delete(folder.PathOf(name)));
        File.WriteAllText(
            folder.PathOf("tokenizer.json"),
            """{"added_tokens":[],"normalizer":null,"pre_tokenizer":null,"post_processor":null,"decoder":null,"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}""",
            Encoding.UTF8);

        var error = await Assert.ThrowsAsync<AggregateException>(Loader(folder.Root).LoadAsync);

        Assert.Contains(error.InnerExceptions, fault => fault is CheckpointException);
    }

    [Fact]
    public async Task Serve_TokenizerLargerThanTheModel_NamesBoth()
    {
        using var folder = Copy("qwen2-vl");
        var path = folder.PathOf("tokenizer.json");
        var tokenizer = JsonNode.Parse(File.ReadAllText(path))!;
        tokenizer["added_tokens"]!.AsArray().Add(JsonNode.Parse(
            """{"id":1999999,"content":"<|far|>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}"""));
        File.WriteAllText(path, tokenizer.ToJsonString());

        var error = await Assert.ThrowsAsync<AggregateException>(Loader(folder.Root).LoadAsync);

        Assert.Contains(error.InnerExceptions, fault => fault.Message.Contains("ids up to 1999999", StringComparison.Ordinal));
    }

    private static ServedModelLoader Loader(string folder) => new(
        Options.Create(new ModelOptions { Directory = folder, DType = "fp32" }), Options.Create(new EngineOptions()), TimeProvider.System);

    private static TemporaryFolder Copy(string family) => TemporaryFolder.CopyOf(Fixtures.Path(family));
}
