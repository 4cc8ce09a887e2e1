using Fovea.Contracts.V1;
using Fovea.Executor.Canaries;
using Fovea.Executor.Tests.Doubles;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using static Fovea.Executor.Tests.Planning.PlanningScenario;

namespace Fovea.Executor.Tests.Canaries;

/// <summary>What requests count for, over the whole executor.</summary>
public sealed class CanaryCountTests : IAsyncLifetime
{
    private const string Spec = "uniform:r=0.5";

    private FakeScheduler _scheduler = null!;
    private TestExecutor _executor = null!;

    public async Task InitializeAsync()
    {
        _scheduler = await FakeScheduler.StartAsync(Decider(CanarySnapshots.Of(7, "uniform:r=0.75", Spec)));
        _executor = await StartAsync(_scheduler, new() { ["Planning:LoadInterval"] = "00:10:00", ["Planning:CanaryInterval"] = "00:00:00.100" });
        await ReadyAsync(_executor, _scheduler.Script);
    }

    public async Task DisposeAsync()
    {
        await _executor.DisposeAsync();
        await _scheduler.DisposeAsync();
    }

    [Fact]
    public async Task Generate_RequestsOfBothVersions_AreReportedApartAndSoon()
    {
        var answers = new List<Provenance>();
        foreach (var (canary, number) in new[] { (true, 0), (true, 1), (false, 0) })
        {
            answers.Add((await AskAsync(canary, number))[0].Admitted.Plan.Provenance);
        }

        Assert.Equal([true, true, false], answers.Select(provenance => provenance.Canary));
        await ReportedAsync((2, 0, 2), (1, 0, 1));
    }

    [Fact]
    public async Task Generate_EngineFails_CountsAsFailureOfItsVersion()
    {
        _executor.Engine.Script = (_, _, _) => throw new InvalidOperationException("broken");

        await Assert.ThrowsAsync<RpcException>(() => AskAsync(canary: true, 0));

        await ReportedAsync((1, 1, 0), (0, 0, 0));
    }

    [Fact]
    public async Task Generate_ClientCancels_CountsItsFirstTokenAlone()
    {
        var token = TestExecutor.Tokenizer.Encode("red", addSpecialTokens: false)[0];
        _executor.Engine.Script = async (job, events, ends) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            events.TryWrite(EngineDouble.Token(token));
            events.TryWrite(EngineDouble.Token(token));
            await Task.Delay(Timeout.Infinite, ends);
        };
        using (var call = _executor.Client.Generate(Ask(canary: true, 0)))
        {
            await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();
            await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();
        }

        await ReportedAsync((0, 0, 1), (0, 0, 0));
    }

    [Fact]
    public async Task Generate_PlanThatDoesNotFit_CountsAsFailure()
    {
        var decide = _scheduler.Script.OnDescriptor;
        _scheduler.Script.OnDescriptor = descriptor =>
        {
            var response = decide(descriptor)!;
            response.Plan.ModelRevision = "another";
            return response;
        };

        var error = await Assert.ThrowsAsync<RpcException>(() => AskAsync(canary: true, 0));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        await ReportedAsync((1, 1, 0), (0, 0, 0));
    }

    [Fact]
    public async Task Generate_WrongRequest_CountsNothing()
    {
        var request = Ask(canary: true, 0);
        request.Messages.Clear();
        await Assert.ThrowsAsync<RpcException>(() => _executor.AnswerAsync(request));
        await AskAsync(canary: false, 0);

        await ReportedAsync((0, 0, 0), (1, 0, 1));
    }

    [Fact]
    public async Task Generate_ExecutorStops_IsNoFailureOfTheVersion()
    {
        await using var executor = await StartAsync(_scheduler, new() { ["Intake:DrainTime"] = "00:00:00.100", ["Planning:ExecutorId"] = "executor-2" });
        await StateAsync(executor, Executor.Planning.PlanSourceState.Ready);
        executor.Engine.Script = async (job, events, ends) =>
        {
            events.TryWrite(EngineDouble.Prefill(job));
            await Task.Delay(Timeout.Infinite, ends);
        };
        using var call = executor.Client.Generate(Ask(canary: true, 0));
        await call.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();

        var stopping = executor.StopAsync();

        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(call.ReadAsync)).StatusCode);
        await stopping.InTimeAsync();
        Assert.All(executor.Services.GetRequiredService<ArmBoard>().Report(), report => Assert.Equal((0L, 0L), (report.Requests, report.Failures)));
    }

    /// <summary>Waits for a load report with these requests, failures and first tokens of the canary and of the rest.</summary>
    private async Task ReportedAsync((long, long, long) canary, (long, long, long) rest)
    {
        while (true)
        {
            var arms = (await _scheduler.Script.NextAsync(WatchRequest.KindOneofCase.Load)).Load.Arms;
            var counts = arms.ToDictionary(arm => arm.Canary, arm => (arm.Requests, arm.Failures, arm.TtftCounts.Sum()));
            Assert.Equal(2, counts.Count);
            Assert.All(arms, arm => Assert.Equal(("default", 7L), (arm.Policy, arm.PolicyRevision)));
            if (counts[true] == canary && counts[false] == rest)
            {
                return;
            }
        }
    }

    private static GenerateRequest Ask(bool canary, int number) => Requests.Ask(request => request.RequestId = CanarySnapshots.IdOf(canary, number));

    private Task<List<GenerateEvent>> AskAsync(bool canary, int number)
    {
        _executor.Engine.Tokens = [.. TestExecutor.Tokenizer.Encode("red", addSpecialTokens: false)];
        return _executor.AnswerAsync(Ask(canary, number));
    }
}
