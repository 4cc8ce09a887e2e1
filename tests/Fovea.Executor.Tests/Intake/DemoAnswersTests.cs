using System.Text.Json;
using Fovea.Executor.Decode;
using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Planning.Plans;
using Fovea.Torch;
using Fovea.Torch.Images;

namespace Fovea.Executor.Tests.Intake;

/// <summary>The demo checkpoint, from JPEG bytes to answers, against recorded greedy answers of other software.</summary>
[Collection(nameof(TensorCollection))]
public sealed class DemoAnswersTests
{
    private const int Eos = 2;

    [Fact]
    public async Task Generate_HundredRecordedQuestions_TokensAndTextAreTheReferences()
    {
        var folder = Demo("model");
        var tokenizer = TokenizerJson.Load(folder);
        var front = ModelFront.Read(folder, tokenizer);
        await using var engine = await InferenceEngine.StartAsync(
            () => ModelLoader.Load(new ModelSource(folder, "demo", ScalarType.Float32, torch.CPU)), new EngineOptions(), TimeProvider.System);
        using var recorded = JsonDocument.Parse(await File.ReadAllTextAsync(Demo("answers.json")));
        var different = new List<string>();

        foreach (var answer in recorded.RootElement.EnumerateArray())
        {
            var tokens = await AskAsync(engine, front, answer);
            var text = tokenizer.Decode(tokens, skipSpecialTokens: true).Trim();
            var expected = answer.GetProperty("tokens").EnumerateArray().Select(id => id.GetInt32()).Where(id => id != Eos);
            if (!tokens.SequenceEqual(expected) || text != answer.GetProperty("text").GetString())
            {
                different.Add($"{answer.GetProperty("question").GetString()} -> {text}, not {answer.GetProperty("text").GetString()}");
            }
        }

        Assert.Equal(100, recorded.RootElement.GetArrayLength());
        Assert.Empty(different);
    }

    private static async Task<int[]> AskAsync(InferenceEngine engine, ModelFront front, JsonElement answer)
    {
        var bytes = await File.ReadAllBytesAsync(Demo("eval", answer.GetProperty("image").GetString()!));
        var message = new ChatMessage(ChatRole.User, [new ChatPart.Image(), new ChatPart.Text(answer.GetProperty("question").GetString()!)]);
        var image = ImageCodec.Decode(bytes, new ImageLimits(1 << 20, 1 << 20));
        var prompt = front.Encode([message], [new ImageSize(image.Width, image.Height)]);
        var pixels = front.Preprocess(image);
        var features = await engine.EncodeImagesAsync([pixels], CancellationToken.None);
        var plan = KeepPlan.Full(engine.Profile.Name, engine.Profile.Revision, engine.Profile.Shape.Layers, features.Tokens);
        var job = new GenerationJob(
            prompt,
            features,
            plan,
            new SamplingOptions { MaxTokens = 8 },
            [Eos],
            ReportKept: false);
        var tokens = new List<int>();
        await foreach (var step in engine.Generate(job, CancellationToken.None).ReadAllAsync())
        {
            if (step is TokenGenerated token)
            {
                tokens.Add(token.Id);
            }
        }

        return [.. tokens];
    }

    private static string Demo(params string[] parts) => Path.Combine([Fixtures.Repository, "models", "demo", .. parts]);
}
