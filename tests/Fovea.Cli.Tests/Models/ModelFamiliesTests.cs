using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Executor.Runtime;

namespace Fovea.Cli.Tests.Models;

/// <summary>The model commands on a checkpoint of every family.</summary>
public sealed class ModelFamiliesTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("llava", 4)]
    [InlineData("internvl-hf", 3)]
    [InlineData("internvl-internlm2", 3)]
    [InlineData("internvl-phi3", 3)]
    [InlineData("qwen2-vl", 3)]
    [InlineData("qwen2.5-vl", 4)]
    [InlineData("llava-next", 4)]
    public async Task Inspect_EachFamily_TellsItsShape(string family, int visionLayers)
    {
        var run = await CliRun.OfAsync("model", "inspect", "--model", Folder(family), "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal((8, 64, visionLayers), ((int)run.Json["language"]!["layers"]!, (int)run.Json["language"]!["hidden_size"]!, (int)run.Json["vision"]!["layers"]!));
    }

    [Theory]
    [InlineData("internvl-hf")]
    [InlineData("internvl-phi3")]
    [InlineData("qwen2-vl")]
    [InlineData("qwen2.5-vl")]
    [InlineData("llava-next")]
    public async Task Forward_RecordedInputsAndPlan_GivesTheRecordedLogitsAndTokens(string family)
    {
        using var folder = new TempFolder();
        var recorded = Path.Combine(Folder(family), "cases", "sigmoid-instruction-keep");
        var plan = JsonNode.Parse(await File.ReadAllTextAsync(recorded + ".json"))!;
        var rates = folder.Write("rates.json", new JsonObject { ["rates"] = plan["rates"]!.DeepClone(), ["floor"] = (int)plan["floor"]! }.ToJsonString());

        var run = await CliRun.OfAsync(
            "model", "forward", "--model", Folder(family), "--inputs", Path.Combine(Folder(family), "cases", "full.safetensors"),
            "--schedule", $"rates:{rates}", "--scorer", "instruction", "--positions", "keep", "--out", folder.At("out.safetensors"), "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(plan["counts"]!.ToJsonString(), run.Json["counts"]!.ToJsonString());
        using var expected = SafetensorsFile.Open(recorded + ".safetensors");
        using var actual = SafetensorsFile.Open(folder.At("out.safetensors"));
        foreach (var kept in expected.Tensors.Keys.Where(name => name.StartsWith("kept_", StringComparison.Ordinal)))
        {
            Assert.Equal(expected.Tensors[kept].As<long>().ToArray(), actual.Tensors[kept].As<long>().ToArray());
        }

        var last = expected.Tensors["logits"].As<float>().ToArray();
        var same = actual.Tensors["logits"].As<float>()[^last.Length..].ToArray();
        Assert.True(last.Zip(same, (one, other) => Math.Abs(one - other)).Max() <= Tolerance);
    }

    // Two images of 30 and 33 vision tokens.
    [Theory]
    [InlineData("0.5", 15, 16)]
    [InlineData("0.7", 9, 9)]
    [InlineData("0.99", 1, 1)]
    public async Task Forward_PerImage_KeepsTheShareOfEach(string dropped, int first, int second)
    {
        using var folder = new TempFolder();

        var run = await CliRun.OfAsync(
            "model", "forward", "--model", Folder("qwen2-vl"), "--inputs", Path.Combine(Folder("qwen2-vl"), "cases", "full.safetensors"),
            "--schedule", $"fastv:K=2,R={dropped}", "--scope", "per_image", "--out", folder.At("out.safetensors"), "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal([63, 63, .. Enumerable.Repeat(first + second, 6)], run.Json["counts"]!.AsArray().Select(count => (int)count!));
        using var written = SafetensorsFile.Open(folder.At("out.safetensors"));
        var kept = written.Tensors["kept_2"].As<long>().ToArray();
        Assert.Equal((first, second), (kept.Count(index => index < 30), kept.Count(index => index >= 30)));
        Assert.Equal(kept.Order(), kept);
    }

    [Theory]
    [InlineData("llava", "pixel_values 1,3,112,112")]
    [InlineData("internvl-hf", "pixel_values 7,3,112,112;num_patches 1")]
    [InlineData("qwen2-vl", "pixel_values 120,1176;image_grid_thw 1,3")]
    [InlineData("llava-next", "pixel_values 1,5,3,112,112;image_sizes 1,2")]
    public async Task Preprocess_EachFamily_WritesItsProcessorsTensors(string family, string expected)
    {
        using var folder = new TempFolder();
        var image = Path.Combine(Checkout.Root, "tests/fixtures/images/boat.jpg");

        var run = await CliRun.OfAsync("model", "preprocess", "--model", Folder(family), "--image", image, "--out", folder.At("out.safetensors"), "--json");

        Assert.Equal(ExitCodes.Ok, run.Code);
        using var written = SafetensorsFile.Open(folder.At("out.safetensors"));
        var shapes = expected.Split(';').Select(item => item.Split(' ')).ToDictionary(item => item[0], item => item[1], StringComparer.Ordinal);
        Assert.Equal(shapes.Count, written.Tensors.Count);
        Assert.All(shapes, shape => Assert.Equal(shape.Value, string.Join(',', written.Tensors[shape.Key].Shape)));
    }

    [Fact]
    public async Task Forward_GridUnlikeThePatches_NamesBoth()
    {
        using var folder = new TempFolder();
        SafetensorsWriter.Write(folder.At("in.safetensors"), [
            SafetensorsTensor.Of("input_ids", [1L, 1406, 2], 1, 3),
            SafetensorsTensor.Of("pixel_values", new float[8], 4, 2),
            SafetensorsTensor.Of("image_grid_thw", [1L, 4, 4], 1, 3),
        ]);

        var run = await CliRun.OfAsync("model", "forward", "--model", Folder("qwen2-vl"), "--inputs", folder.At("in.safetensors"), "--out", folder.At("out"));

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("pixel_values has shape [4, 2], image_grid_thw makes it [16, values]", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_FewerPlacesThanFeatures_NamesBothCounts()
    {
        using var folder = new TempFolder();
        SafetensorsWriter.Write(folder.At("in.safetensors"), [
            SafetensorsTensor.Of("input_ids", [1L, 1410, 2], 1, 3),
            SafetensorsTensor.Of("pixel_values", new float[3 * 112 * 112], 1, 3, 112, 112),
        ]);

        var run = await CliRun.OfAsync("model", "forward", "--model", Folder("internvl-hf"), "--inputs", folder.At("in.safetensors"), "--out", folder.At("out"));

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("places for 1 image tokens, the images give 16", run.Error, StringComparison.Ordinal);
    }

    private static string Folder(string family) => Path.Combine(Checkout.Root, "tests", "fixtures", family);
}
