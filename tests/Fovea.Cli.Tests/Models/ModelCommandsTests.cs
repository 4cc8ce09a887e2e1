using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Executor.Runtime;

namespace Fovea.Cli.Tests.Models;

public sealed class ModelCommandsTests
{
    private const int ImageToken = 785;
    private const int VisionTokens = 256;

    [Fact]
    public async Task Inspect_Demo_TellsShapeAndSize()
    {
        var run = await CliRun.OfAsync("model", "inspect", "--model", Checkout.Model, "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal((12, 192, 832), ((int)run.Json["language"]!["layers"]!, (int)run.Json["language"]!["hidden_size"]!, (int)run.Json["language"]!["vocab_size"]!));
        Assert.Equal(VisionTokens, (int)run.Json["vision"]!["vision_tokens_per_tile"]!);
        Assert.Equal(2 * (long)run.Json["parameters"]!, (long)run.Json["bytes"]!);
        Assert.NotEmpty(run.Json["revision"]!.GetValue<string>());
    }

    [Fact]
    public async Task Inspect_Tensors_ListsThem()
    {
        var run = await CliRun.OfAsync("model", "inspect", "--model", Checkout.Model, "--tensors", "--json");

        Assert.Equal((int)run.Json["tensor_count"]!, run.Json["tensors"]!.AsArray().Count);
    }

    [Fact]
    public async Task Tokenize_DecodeOfEncode_IsTheText()
    {
        using var folder = new TempFolder();
        string[] texts = ["What food is in the picture?", "Is there a bee?"];
        var file = folder.Write("texts.json", JsonSerializer.Serialize(texts));

        var ids = await CliRun.OfAsync("model", "tokenize", "--model", Checkout.Model, "--texts", file, "--no-special", "--json");
        var back = await CliRun.OfAsync("model", "tokenize", "--model", Checkout.Model, "--texts", folder.Write("ids.json", ids.Output), "--decode", "--no-special", "--json");

        Assert.Equal(texts, back.Json.Deserialize<string[]>());
    }

    [Fact]
    public async Task Tokenize_RecordedAnswers_DecodeToTheirTexts()
    {
        using var folder = new TempFolder();
        var answers = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Checkout.Demo, "answers.json")))!.AsArray();
        var ids = new JsonArray([.. answers.Select(answer => answer!["tokens"]!.DeepClone())]);

        var run = await CliRun.OfAsync(
            "model", "tokenize", "--model", Checkout.Model, "--texts", folder.Write("ids.json", ids.ToJsonString()), "--decode", "--no-special", "--json");

        Assert.Equal(answers.Select(answer => (string?)answer!["text"]), run.Json.Deserialize<string[]>()!.Select(text => text.Trim()));
    }

    [Fact]
    public async Task Tokenize_TokenizerAlone_IsEnough()
    {
        using var folder = new TempFolder();
        File.Copy(Path.Combine(Checkout.Model, "tokenizer.json"), folder.At("tokenizer.json"));

        var run = await CliRun.OfAsync("model", "tokenize", "--model", folder.Path, "--texts", folder.Write("t.json", "[\"dog\"]"), "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.NotEmpty(run.Json[0]!.AsArray());
    }

    [Theory]
    [InlineData("internvl-internlm2", "tokenizer.model")]
    [InlineData("internvl-qwen2", "vocab.json", "merges.txt")]
    [InlineData("tokenizers/sentencepiece-unigram", "tokenizer.model")]
    public async Task Tokenize_OtherTokenizersAlone_GoThereAndBack(string fixture, params string[] files)
    {
        using var folder = new TempFolder();
        foreach (var name in files.Append("tokenizer_config.json").Where(name => File.Exists(Checkout.Fixture(fixture, name))))
        {
            File.Copy(Checkout.Fixture(fixture, name), folder.At(name));
        }

        var texts = folder.Write("t.json", "[\"A dog, 一 😀\"]");
        var ids = await CliRun.OfAsync("model", "tokenize", "--model", folder.Path, "--texts", texts, "--no-special", "--json");
        var back = await CliRun.OfAsync(
            "model", "tokenize", "--model", folder.Path, "--texts", folder.Write("i.json", ids.Output), "--decode", "--no-special", "--json");

        Assert.Equal(["A dog, 一 😀"], back.Json.Deserialize<string[]>()!);
    }

    [Fact]
    public async Task Tokenize_FolderWithoutTokenizer_NamesWhatIsMissing()
    {
        using var folder = new TempFolder();

        var run = await CliRun.OfAsync("model", "tokenize", "--model", folder.Path, "--texts", folder.Write("t.json", "[\"a\"]"));

        Assert.NotEqual(ExitCodes.Ok, run.Code);
        Assert.Contains("neither tokenizer.json nor tokenizer.model", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("oops")]
    public async Task Tokenize_BadTexts_IsUsage(string text)
    {
        using var folder = new TempFolder();

        var run = await CliRun.OfAsync("model", "tokenize", "--model", Checkout.Model, "--texts", folder.Write("t.json", text), "--json");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("JSON array of strings", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preprocess_Image_WritesPixelValuesUnderTheirName()
    {
        using var folder = new TempFolder();

        var run = await PreprocessAsync(folder, "eval/images/0000.jpg");

        Assert.Equal(ExitCodes.Ok, run.Code);
        using var written = SafetensorsFile.Open(folder.At("pixels.safetensors"));
        Assert.Equal([1, 3, 256, 256], written.Tensors["pixel_values"].Shape);
    }

    [Fact]
    public async Task Forward_RecordedQuestion_ChoosesTheRecordedToken()
    {
        using var folder = new TempFolder();
        var answer = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Checkout.Demo, "answers.json")))![0]!;
        await PreprocessAsync(folder, $"eval/{(string?)answer["image"]}");
        await WriteInputsAsync(folder, answer["question"]!.GetValue<string>());

        var full = await ForwardAsync(folder, "full");
        var expected = (int)answer["tokens"]![0]!;

        Assert.Equal(ExitCodes.Ok, full.Code);
        Assert.Equal(expected, LastChoice(folder.At("out.safetensors")));

        var pruned = await ForwardAsync(folder, $"rates:{Path.Combine(Checkout.Demo, "schedules/lossless.json")}");

        Assert.Equal("[256,256,256,132,132,109,109,108,103,100,100,100]", pruned.Json["counts"]!.ToJsonString());
        Assert.Equal(expected, LastChoice(folder.At("out.safetensors")));
        using var written = SafetensorsFile.Open(folder.At("out.safetensors"));
        Assert.Equal([132], written.Tensors["kept_3"].Shape);
        Assert.False(written.Tensors.ContainsKey("kept_4"));
    }

    [Fact]
    public async Task Forward_WithoutIds_IsUsage()
    {
        using var folder = new TempFolder();
        SafetensorsWriter.Write(folder.At("in.safetensors"), [SafetensorsTensor.Of("pixel_values", new float[3], 3)]);

        var run = await ForwardAsync(folder, "full");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("input_ids is missing", run.Error, StringComparison.Ordinal);
        Assert.Contains("pixel_values holds F32 [3]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyCommand_MissingFolder_IsUsage()
    {
        var run = await CliRun.OfAsync("model", "inspect", "--model", "/no/such/model");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("/no/such/model", run.Error, StringComparison.Ordinal);
    }

    private static Task<CliRun> PreprocessAsync(TempFolder folder, string image) => CliRun.OfAsync(
        "model", "preprocess", "--model", Checkout.Model, "--image", Path.Combine(Checkout.Demo, image), "--out", folder.At("pixels.safetensors"));

    private static Task<CliRun> ForwardAsync(TempFolder folder, string schedule) => CliRun.OfAsync(
        "model", "forward", "--model", Checkout.Model, "--inputs", folder.At("in.safetensors"), "--schedule", schedule, "--out", folder.At("out.safetensors"), "--json");

    private static async Task WriteInputsAsync(TempFolder folder, string question)
    {
        var prompt = $"USER: {string.Concat(Enumerable.Repeat("<image>", VisionTokens))}\n{question} ASSISTANT:";
        var texts = folder.Write("prompt.json", JsonSerializer.Serialize(new[] { prompt }));
        var run = await CliRun.OfAsync("model", "tokenize", "--model", Checkout.Model, "--texts", texts, "--json");
        var ids = run.Json[0].Deserialize<long[]>()!;
        Assert.Equal(VisionTokens, ids.Count(id => id == ImageToken));
        using var pixels = SafetensorsFile.Open(folder.At("pixels.safetensors"));
        SafetensorsWriter.Write(
            folder.At("in.safetensors"),
            [SafetensorsTensor.Of("input_ids", ids, 1, ids.Length), SafetensorsTensor.Of("pixel_values", pixels.Tensors["pixel_values"].As<float>(), 1, 3, 256, 256)]);
    }

    private static int LastChoice(string path)
    {
        using var file = SafetensorsFile.Open(path);
        var logits = file.Tensors["logits"];
        var last = logits.As<float>()[^(int)logits.Shape[1]..].ToArray();
        return Array.IndexOf(last, last.Max());
    }
}
