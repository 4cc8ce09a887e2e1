using Fovea.Contracts.Calibration;
using Fovea.Contracts.V1;
using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using ChatMessage = Fovea.Executor.Text.ChatMessage;

namespace Fovea.Executor.Tests.Calibration;

/// <summary>Question sets on their way in, out, and between executors.</summary>
[Collection(nameof(TensorCollection))]
public sealed class SetTests
{
    [Fact]
    public async Task PutSet_SentTwice_IsHeldOnceUnderTheDigestOfItsContent()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var parts = DemoSet.Parts(5);
        var images = parts.Skip(1).ToDictionary(part => part.Image.Key, part => part.Image.Data.Memory);

        var first = await executor.Calibration.PutAsync(parts);
        var second = await executor.Calibration.PutAsync(parts);
        var described = await executor.Calibration.DescribeCalibrationAsync(new DescribeCalibrationRequest());

        Assert.Equal(QuestionSetDigest.Of(parts[0].Questions.Questions, key => images[key]), first.Digest);
        Assert.Equal((5, images.Count), (first.Questions, first.Images));
        Assert.Equal(first, second);
        Assert.Equal(first, Assert.Single(described.Sets));
        Assert.Equal(("demo", "executor-1"), (described.Model.Name, described.ExecutorId));
    }

    [Fact]
    public async Task PutSet_Loaded_TellsTheLongestPrompt()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var parts = DemoSet.Parts(5);
        var model = executor.Services.GetRequiredService<ModelHost>().Require();

        var put = await executor.Calibration.PutAsync(parts);

        var prompts = parts[0].Questions.Questions.Select(question => model.Front.Encode([ChatMessage.Ask(question.Question)], [new ImageSize(224, 224)])).ToList();
        Assert.True(prompts.Min(prompt => prompt.TextTokens) < prompts.Max(prompt => prompt.TextTokens));
        Assert.Equal((256, prompts.Max(prompt => prompt.TextTokens)), (put.VisionTokens, put.TextTokens));
    }

    [Fact]
    public async Task FetchSet_OnlyTheTargetLoaded_TellsTheLongestPromptOfItsModel()
    {
        await using var source = await DemoExecutor.StartAsync(loaded: false);
        await using var target = await DemoExecutor.StartAsync();
        var put = await source.Calibration.PutAsync(DemoSet.Parts(2));

        var fetched = await target.Calibration.FetchSetAsync(new FetchSetRequest { Digest = put.Digest, From = source.Address });

        Assert.Equal((0, 0), (put.VisionTokens, put.TextTokens));
        Assert.Equal(256, fetched.VisionTokens);
        Assert.True(fetched.TextTokens > 0);
    }

    [Fact]
    public async Task Summary_AskedAgain_IsNotMeasuredAgain()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var put = await executor.Calibration.PutAsync(DemoSet.Parts(2));
        using (var held = executor.Services.GetRequiredService<SetStore>().Require(put.Digest))
        {
            File.Delete(Path.Combine(held.Set.Folder, StoredSet.FileOf(0)));
        }

        var described = await executor.Calibration.DescribeCalibrationAsync(new DescribeCalibrationRequest());

        Assert.Equal(put, Assert.Single(described.Sets));
    }

    [Fact]
    public async Task PutSet_ManyFaults_AllAreNamedAndNothingIsKept()
    {
        await using var executor = await DemoExecutor.StartAsync();
        var parts = DemoSet.Parts(3, step: 40);
        parts.RemoveAt(3);
        parts.Add(parts[1]);
        parts.Add(new SetPart { Image = new SetImage { Key = "stranger", Data = ByteString.CopyFromUtf8("x") } });
        parts[2].Image.Data = ByteString.CopyFromUtf8("no image");
        parts[0].Questions.Questions[1].Question = string.Empty;

        var error = await Assert.ThrowsAsync<RpcException>(() => executor.Calibration.PutAsync(parts));
        var described = await executor.Calibration.DescribeCalibrationAsync(new DescribeCalibrationRequest());

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.All(
            [parts[2].Image.Key, "is missing", "given twice", "images[stranger]", "questions[1].question"],
            text => Assert.Contains(text, error.Status.Detail, StringComparison.Ordinal));
        Assert.Empty(described.Sets);
    }

    [Fact]
    public async Task PutSet_TooManyBytes_IsRefusedWithTheOption()
    {
        await using var executor = await DemoExecutor.StartAsync(new() { ["Calibration:MaxSetBytes"] = "30000" });

        var error = await Assert.ThrowsAsync<RpcException>(() => executor.Calibration.PutAsync(DemoSet.Parts(5, step: 40)));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("Calibration:MaxSetBytes", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutSet_NoRoomForBoth_TheOlderOneGoes()
    {
        await using var executor = await DemoExecutor.StartAsync(new() { ["Calibration:MaxSetsBytes"] = "60000" });
        await executor.Calibration.PutAsync(DemoSet.Parts(1, step: 40));

        var second = await executor.Calibration.PutAsync(DemoSet.Parts(2, step: 20));
        var described = await executor.Calibration.DescribeCalibrationAsync(new DescribeCalibrationRequest());

        Assert.Equal(second, Assert.Single(described.Sets));
    }

    [Fact]
    public async Task FetchSet_FromAnotherExecutor_GivesTheSameSet()
    {
        await using var source = await DemoExecutor.StartAsync(loaded: false);
        await using var target = await DemoExecutor.StartAsync(loaded: false);
        var put = await source.Calibration.PutAsync(DemoSet.Parts(5));

        var fetched = await target.Calibration.FetchSetAsync(new FetchSetRequest { Digest = put.Digest, From = source.Address });
        var parts = await ReadAsync(target, put.Digest);

        Assert.Equal(put, fetched);
        Assert.Equal(DemoSet.Parts(5), parts);
    }

    [Theory]
    [InlineData("", StatusCode.InvalidArgument)]
    [InlineData("file:///etc", StatusCode.InvalidArgument)]
    [InlineData("http://127.0.0.1:1", StatusCode.Unavailable)]
    [InlineData("self", StatusCode.NotFound)]
    public async Task FetchSet_NotToBeHad_SaysWhy(string from, StatusCode expected)
    {
        await using var executor = await DemoExecutor.StartAsync(loaded: false);
        var request = new FetchSetRequest { Digest = new string('a', 64), From = from == "self" ? executor.Address : from };

        var error = await Assert.ThrowsAsync<RpcException>(() => executor.Calibration.FetchSetAsync(request).ResponseAsync);

        Assert.Equal(expected, error.StatusCode);
    }

    [Fact]
    public async Task State_Restarted_SoundSetsAreBackAndDamagedOnesIgnored()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?> { ["Planning:StateDirectory"] = folder.Root };
        string sound;
        string damaged;
        await using (var executor = await DemoExecutor.StartAsync(settings, loaded: false))
        {
            sound = (await executor.Calibration.PutAsync(DemoSet.Parts(2))).Digest;
            damaged = (await executor.Calibration.PutAsync(DemoSet.Parts(3))).Digest;
        }

        await File.AppendAllTextAsync(Path.Combine(folder.Root, "sets", damaged, "image-000000"), "x");
        await using var again = await DemoExecutor.StartAsync(settings, loaded: false);

        Assert.Equal(DemoSet.Parts(2), await ReadAsync(again, sound));
        var error = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(again, damaged));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private static async Task<List<SetPart>> ReadAsync(DemoExecutor executor, string digest)
    {
        using var call = executor.Calibration.GetSet(new GetSetRequest { Digest = digest });
        var parts = new List<SetPart>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync())
        {
            parts.Add(call.ResponseStream.Current);
        }

        return parts;
    }
}
