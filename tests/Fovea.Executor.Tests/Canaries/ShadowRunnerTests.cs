using System.Diagnostics.Metrics;
using Fovea.Contracts.V1;
using Fovea.Executor.Canaries;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Overload;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Fovea.Torch;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.Executor.Tests.Canaries;

/// <summary>Shadow runs over the whole executor, on the demo checkpoint.</summary>
[Collection(nameof(TensorCollection))]
public sealed class ShadowRunnerTests : IAsyncLifetime
{
    private const string Full = "uniform:r=1";
    private const string Ruinous = "uniform:r=0.004";
    private const int Questions = 6;

    private readonly CanaryGuard _guard = new() { MinAgreement = 0.9, ShadowShare = 1 };
    private DemoExecutor _executor = null!;
    private ResultCounts _counts = null!;

    private ArmReport Canary => _executor.Services.GetRequiredService<ArmBoard>().Report().Last();

    public async Task InitializeAsync()
    {
        _executor = await DemoExecutor.StartAsync(new() { ["Intake:MaxRunning"] = "1" });
        _counts = new ResultCounts(_executor.Services.GetRequiredService<IMeterFactory>());
    }

    public async Task DisposeAsync()
    {
        _counts.Dispose();
        await _executor.DisposeAsync();
    }

    [Fact]
    public async Task Shadow_RuinousCanary_AgreesAsFarAsItsAnswersDo()
    {
        Offer(Ruinous);
        var expected = 0.0;
        for (var number = 0; number < Questions; number++)
        {
            var canary = await AskAsync(Ask(number));
            Assert.True(canary.Provenance.Canary);
            var full = await AskAsync(Ask(number, request => request.Plan = new PlanOverride { Full = true }));
            expected += Agreement.Of(canary.Tokens, full.Tokens);
        }

        await CompletedAsync(Questions);

        Assert.Equal(expected, Canary.ShadowAgreementSum, 1e-9);
        Assert.InRange(expected, 0, Questions - 1);
        Assert.Equal((Questions, 0L), (Canary.Requests, Canary.Failures));
        Assert.Equal(2 * Questions, _executor.Services.GetRequiredService<ExecutorLoad>().Received);
    }

    [Fact]
    public async Task Shadow_CanaryThatKeepsEverything_AgreesWholly()
    {
        Offer(Full);
        for (var number = 0; number < Questions; number++)
        {
            await AskAsync(Ask(number));
        }

        await CompletedAsync(Questions);

        Assert.Equal(Questions, Canary.ShadowAgreementSum, 1e-12);
    }

    [Fact]
    public async Task Shadow_DrawnAnswer_ComparesGreedyOnes()
    {
        Offer(Full);
        await AskAsync(Ask(0, request => request.Sampling = new Sampling { MaxTokens = 8, Temperature = 5, Seed = 3, IgnoreEos = true }));

        await CompletedAsync(1);

        Assert.Equal(1, Canary.ShadowAgreementSum, 1e-12);
    }

    // So cold that draws are the greedy choice: what the canary's plan gives when it is run again has to be what was served.
    [Fact]
    public async Task Shadow_DrawnAnswerByCoverage_RunsThePlanAsItWasServed()
    {
        var snapshot = CanarySnapshots.Of(7, "uniform:r=0.5", "uniform:r=0.02", _guard);
        snapshot.Policies[0].Canary.Policy.Scorer = Scorer.Coverage;
        Assert.Empty(Snapshots().Offer(snapshot));
        var expected = 0.0;
        for (var number = 0; number < Questions; number++)
        {
            var canary = await AskAsync(Ask(number, request => request.Sampling = new Sampling { MaxTokens = 8, Temperature = 1e-4f, IgnoreEos = true }));
            var full = await AskAsync(Ask(number, request =>
            {
                request.Plan = new PlanOverride { Full = true };
                request.Sampling = new Sampling { MaxTokens = 8, IgnoreEos = true };
            }));
            expected += Agreement.Of(canary.Tokens, full.Tokens);
        }

        await CompletedAsync(Questions);

        Assert.Equal(expected, Canary.ShadowAgreementSum, 1e-9);
        Assert.InRange(expected, 0, Questions - 1);
    }

    [Fact]
    public async Task Shadow_OtherVersionOrOverride_HasNone()
    {
        Offer(Full);
        await AskAsync(Ask(0, request => request.RequestId = CanarySnapshots.IdOf(canary: false, 0)));
        await AskAsync(Ask(0, request => request.Plan = new PlanOverride { Full = true }));
        await AskAsync(Ask(1));

        await CompletedAsync(1);

        Assert.Equal((1L, 1L), (Canary.ShadowRuns, Canary.Requests));
        Assert.Equal(0, _executor.Services.GetRequiredService<ShadowQueue>().Count);
    }

    [Fact]
    public async Task Shadow_RequestsWait_GivesWayUntilTheyAreServed()
    {
        Offer(Full);
        var queue = _executor.Services.GetRequiredService<AdmissionQueue>();
        var running = await queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);
        var waiting = queue.EnterAsync(DateTime.MaxValue, CancellationToken.None).AsTask();
        Serve();
        await Bounded.UntilAsync(() => _executor.Services.GetRequiredService<ShadowQueue>().Count == 0);
        Assert.Equal(0, Canary.ShadowRuns);

        running.Dispose();
        (await waiting.InTimeAsync()).Dispose();

        await CompletedAsync(1);
    }

    [Fact]
    public async Task Shadow_CanaryOverWhileItWaits_IsNeverRun()
    {
        Offer(Full);
        var queue = _executor.Services.GetRequiredService<AdmissionQueue>();
        using var running = await queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var waiting = queue.EnterAsync(DateTime.MaxValue, stop.Token).AsTask();
        Serve();

        Assert.Empty(Snapshots().Offer(Doubles.Snapshots.Uniform("e1", 8, 0.5)));

        await Bounded.UntilAsync(() => _counts.Of(ShadowResults.Expired) == 1);
        Assert.Equal(0, _counts.Of(ShadowResults.Completed));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Shadow_RequestsHoldTheKvCache_WaitsUntilHalfIsFree()
    {
        await using var executor = await DemoExecutor.StartAsync(new() { ["Intake:KvLimitBytes"] = "100000000" });
        executor.Services.GetRequiredService<SnapshotStore>().Offer(CanarySnapshots.Of(7, Full, Full, _guard));
        var kv = executor.Services.GetRequiredService<KvReservations>();
        var counts = executor.Services.GetRequiredService<ArmBoard>();
        await AskAsync(Ask(0), executor);
        await Bounded.UntilAsync(() => counts.Report().Last().ShadowRuns == 1);
        var held = await kv.ReserveAsync(50_000_000, CancellationToken.None);
        await AskAsync(Ask(1), executor);
        await Bounded.UntilAsync(() => executor.Services.GetRequiredService<ShadowQueue>().Count == 0);
        Assert.Equal(1, counts.Report().Last().ShadowRuns);

        held.Dispose();

        await Bounded.UntilAsync(() => counts.Report().Last().ShadowRuns == 2);
        await Bounded.UntilAsync(() => kv.UsedBytes == 0);
    }

    [Fact]
    public async Task Shadow_ImageThatCannotBeRead_FailsAloneAndTheNextRuns()
    {
        Offer(Full);
        var images = Validated().Images;
        Serve(request => request with { Images = [images[0] with { Data = images[0].Data[..(images[0].Data.Length / 2)] }] });
        Serve();

        await CompletedAsync(1);

        Assert.Equal(1, _counts.Of(ShadowResults.Failed));
    }

    [Fact]
    public async Task Stop_ShadowsPending_LeavesNoTensor()
    {
        var executor = await DemoExecutor.StartAsync();
        var before = TensorStatistics.Read().Live;
        executor.Services.GetRequiredService<SnapshotStore>().Offer(CanarySnapshots.Of(7, Full, Full, _guard));
        var running = Enumerable.Range(0, Questions).Select(number => AskAsync(Ask(number), executor)).ToList();
        await Task.WhenAll(running);

        await executor.StopAsync().InTimeAsync();

        Assert.Equal(before, TensorStatistics.Read().Live);
        await executor.DisposeAsync();
    }

    private SnapshotStore Snapshots() => _executor.Services.GetRequiredService<SnapshotStore>();

    private void Offer(string spec) => Assert.Empty(Snapshots().Offer(CanarySnapshots.Of(7, "uniform:r=0.5", spec, _guard)));

    private async Task CompletedAsync(long runs)
    {
        await Bounded.UntilAsync(() => Canary.ShadowRuns >= runs);
        Assert.Equal(runs, Canary.ShadowRuns);
        await Bounded.UntilAsync(() => _counts.Of(ShadowResults.Completed) == runs);
    }

    private AcceptedRequest Validated() => _executor.Services.GetRequiredService<RequestValidator>()
        .Check(new RequestCall(Ask(0), string.Empty, DateTime.MaxValue), _executor.Services.GetRequiredService<ModelHost>().Require());

    /// <summary>Hands an answer over as a served request would.</summary>
    private void Serve(Func<AcceptedRequest, AcceptedRequest>? change = null)
    {
        var model = _executor.Services.GetRequiredService<ModelHost>().Require();
        var request = Validated();
        var plan = _executor.Services.GetRequiredService<LocalPlanner>().Resolve(PlanDescriptors.Of(request, model.Profile), model.Profile);
        Assert.True(plan.Message.Provenance.Canary);
        _executor.Services.GetRequiredService<CanaryDesk>().Served(
            new ServedAnswer(change?.Invoke(request) ?? request, model, plan, [7, 8], Executor.Runtime.FinishReason.Length));
    }

    private Task<(int[] Tokens, Provenance Provenance)> AskAsync(GenerateRequest request) => AskAsync(request, _executor);

    private static async Task<(int[] Tokens, Provenance Provenance)> AskAsync(GenerateRequest request, DemoExecutor executor)
    {
        using var call = executor.Inference.Generate(request);
        var events = await call.ReadAsync();
        var tokens = events.Where(item => item.Delta is not null).SelectMany(item => item.Delta.TokenIds);
        var end = events[^1].Done.FinishReason == FinishReason.Eos ? new[] { Agreement.End } : [];
        return ([.. tokens, .. end], events[0].Admitted.Plan.Provenance);
    }

    private static GenerateRequest Ask(int number, Action<GenerateRequest>? change = null) => Requests.Ask(request =>
    {
        var file = Path.Combine(FixtureFiles.Root, "models", "demo", "eval", "images", $"000{number}.jpg");
        request.RequestId = CanarySnapshots.IdOf(canary: true, number);
        request.Messages[0].Parts[0].Image.Data = ByteString.CopyFrom(File.ReadAllBytes(file));
        change?.Invoke(request);
    });
}
