using System.Text.Json;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Functional.Tests;

/// <summary>A search over both services as processes, on real questions about real images.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private const int Questions = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private FoveaStack _stack = null!;

    public async Task InitializeAsync() => _stack = await FoveaStack.StartAsync();

    public async Task DisposeAsync() => await _stack.DisposeAsync();

    [Fact]
    public async Task GSearch_WithAndWithoutShortcuts_FindsTheSameScheduleWhichServesAsSearched()
    {
        var set = await PutSetAsync();

        var quick = await RunAsync(set, new GSearchSpec());
        var plain = await RunAsync(set, new GSearchSpec { NoPrefixReuse = true, NoRacing = true });

        var (found, other) = (Assert.Single(quick.Result.Schedules), Assert.Single(plain.Result.Schedules));
        Assert.Equal(other.ScheduleId, found.ScheduleId);
        Assert.Equal(quick.Result.Trials, plain.Result.Trials);
        Assert.True(quick.Result.LayerForwards * 2 < plain.Result.LayerForwards, $"{quick.Result.LayerForwards} of {plain.Result.LayerForwards}");
        Assert.Equal(found.Counts.OrderDescending(), found.Counts);
        Assert.True(found.Counts[2] < 256);
        Assert.Equal(100, found.Metric);
        Assert.Equal(0, found.Calibration.Lost);

        var request = FoveaStack.AskAny();
        request.Plan = new PlanOverride { ScheduleId = found.ScheduleId };
        var served = await _stack.AnswerAsync(request);
        Assert.Equal(Scorer.Coverage, served[0].Admitted.Plan.Scorer);
        Assert.Equal(found.Counts, served[^1].Done.AppliedCounts);
    }

    private async Task<Search> RunAsync(SetReference set, GSearchSpec gsearch)
    {
        var spec = new SearchSpec { Model = "demo", Set = set, Resolution = 16, Gsearch = gsearch };
        var request = new StartSearchRequest { RequestId = Guid.NewGuid().ToString("N"), Spec = spec };
        var started = await _stack.Searches.StartSearchAsync(request, deadline: DateTime.UtcNow + FoveaProcess.Limit);
        using var call = _stack.Searches.WatchSearch(new WatchSearchRequest { Id = started.Id }, deadline: DateTime.UtcNow + Limit);
        var last = started;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            last = call.ResponseStream.Current.Search;
        }

        Assert.True(last.Status == SearchStatus.Done, $"{last.Status}: {last.Error}");
        return last;
    }

    private async Task<SetReference> PutSetAsync()
    {
        var folder = Path.Combine(Repository.Root, "models", "demo", "calibration");
        var questions = new SetQuestions { Name = "some" };
        foreach (var line in File.ReadLines(Path.Combine(folder, "questions.jsonl")).Take(Questions))
        {
            var item = JsonDocument.Parse(line).RootElement;
            string Text(string name) => item.GetProperty(name).GetString()!;
            questions.Questions.Add(new SetQuestion { Image = Text("image"), Question = Text("question"), Answer = Text("answer"), Type = Text("type") });
        }

        using var call = _stack.Calibration.PutSet(deadline: DateTime.UtcNow + FoveaProcess.Limit);
        await call.RequestStream.WriteAsync(new SetPart { Questions = questions });
        foreach (var key in questions.Questions.Select(question => question.Image).Distinct())
        {
            var data = ByteString.CopyFrom(await File.ReadAllBytesAsync(Path.Combine(folder, key)));
            await call.RequestStream.WriteAsync(new SetPart { Image = new SetImage { Key = key, Data = data } });
        }

        await call.RequestStream.CompleteAsync();
        var summary = await call;
        return new SetReference { Digest = summary.Digest, Name = questions.Name, Questions = summary.Questions };
    }
}
