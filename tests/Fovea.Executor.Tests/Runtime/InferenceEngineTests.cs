using System.Collections.Immutable;
using System.Threading.Channels;
using Fovea.Executor.Decode;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Prefill;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Runtime;

/// <summary>The inference thread, from pixels to the last token, against recorded greedy runs.</summary>
[Collection(nameof(TensorCollection))]
public sealed class InferenceEngineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [MemberData(nameof(ParityCase.All), MemberType = typeof(ParityCase))]
    public async Task Generate_RecordedCase_TokensAreTheReferences(string family, string name)
    {
        var expected = ParityCase.Read(family, name);
        await using var engine = await StartAsync(family);

        var events = await RunAsync(engine, expected, expected.Greedy.Length);

        Assert.Equal(expected.Greedy.AsEnumerable(), events.OfType<TokenGenerated>().Select(token => token.Id));
        Assert.Equal(expected.Counts.AsEnumerable(), Assert.Single(events.OfType<PrefillCompleted>()).AppliedCounts.AsEnumerable());
        Assert.Equal(FinishReason.Length, Assert.IsType<GenerationFinished>(events[^1]).Reason);
    }

    [Fact]
    public async Task Generate_ManyAtOnce_EachAnswersAsIfAlone()
    {
        await using var engine = await StartAsync("llava");
        var cases = new[] { "full", "sigmoid-last-keep", "pyramid-instruction-renumber", "withdraw-instruction-keep", "fastv-last-keep", "full" }
            .Select(name => ParityCase.Read("llava", name)).ToArray();

        var runs = await Task.WhenAll(cases.Select(expected => RunAsync(engine, expected, expected.Greedy.Length)));

        for (var i = 0; i < cases.Length; i++)
        {
            Assert.Equal(cases[i].Greedy.AsEnumerable(), runs[i].OfType<TokenGenerated>().Select(token => token.Id));
        }

        Assert.Equal((0, 0, 0L), (engine.Waiting, engine.Running, engine.KvBytes));
    }

    [Fact]
    public async Task Generate_EosChosen_EndsWithoutReportingIt()
    {
        var expected = ParityCase.Read("llava", "full");
        await using var engine = await StartAsync("llava");
        var eos = expected.Greedy[4];

        var events = await RunAsync(engine, expected, 24, [eos]);

        Assert.Equal(expected.Greedy.TakeWhile(id => id != eos), events.OfType<TokenGenerated>().Select(token => token.Id));
        Assert.Equal(FinishReason.Eos, Assert.IsType<GenerationFinished>(events[^1]).Reason);
    }

    [Fact]
    public async Task Generate_CancelledAfterFirstToken_EndsAndFreesItsCache()
    {
        var expected = ParityCase.Read("llava", "full");
        await using var engine = await StartAsync("llava");
        using var source = new CancellationTokenSource();
        var reader = await BeginAsync(engine, expected, 1500, [], source.Token);
        await reader.ReadAsync().AsTask().WaitAsync(Limit);
        await reader.ReadAsync().AsTask().WaitAsync(Limit);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrainAsync(reader));
        await RunAsync(engine, expected, 1);
        Assert.Equal((0, 0, 0L), (engine.Waiting, engine.Running, engine.KvBytes));
    }

    [Fact]
    public async Task Generate_CancelledBeforeItsTurn_NeverRuns()
    {
        var expected = ParityCase.Read("llava", "full");
        await using var engine = await StartAsync("llava");

        var reader = await BeginAsync(engine, expected, 4, [], new CancellationToken(canceled: true));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrainAsync(reader));
    }

    [Fact]
    public async Task DisposeAsync_JobRunning_EndsItsReaderWithAnError()
    {
        var expected = ParityCase.Read("llava", "full");
        var engine = await StartAsync("llava");
        var reader = await BeginAsync(engine, expected, 1500, [], CancellationToken.None);
        await reader.ReadAsync().AsTask().WaitAsync(Limit);

        await engine.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => DrainAsync(reader));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.EncodeImagesAsync([], CancellationToken.None));
    }

    [Fact]
    public async Task DisposeAsync_AfterJobs_LeavesNoTensorBehind()
    {
        var expected = ParityCase.Read("llava", "sigmoid-instruction-keep");
        var before = TensorStatistics.Read().Live;

        await using (var engine = await StartAsync("llava"))
        {
            await RunAsync(engine, expected, 3);
            using var features = await engine.EncodeImagesAsync(ParityCase.Inputs("llava").Images, CancellationToken.None);
        }

        Assert.Equal(before, TensorStatistics.Read().Live);
    }

    [Fact]
    public async Task StartAsync_NoCheckpoint_ReportsTheFault()
    {
        var source = new ModelSource(Fixtures.Path("images-not-there"), "x", ScalarType.Float32, torch.CPU);

        await Assert.ThrowsAsync<CheckpointException>(
            () => InferenceEngine.StartAsync(() => ModelLoader.Load(source), new EngineOptions(), TimeProvider.System));
    }

    private static Task<InferenceEngine> StartAsync(string family) => InferenceEngine.StartAsync(
        () => ModelLoader.Load(new ModelSource(Fixtures.Path(family), family, ScalarType.Float32, torch.CPU)),
        new EngineOptions { MaxRunning = 3 },
        TimeProvider.System);

    private static async Task<List<GenerationEvent>> RunAsync(
        InferenceEngine engine, ParityCase expected, int tokens, ImmutableArray<int>? eos = null) =>
        await DrainAsync(await BeginAsync(engine, expected, tokens, eos ?? [], CancellationToken.None));

    private static async Task<ChannelReader<GenerationEvent>> BeginAsync(
        InferenceEngine engine, ParityCase expected, int tokens, ImmutableArray<int> eos, CancellationToken cancellationToken)
    {
        var inputs = ParityCase.Inputs(expected.Family);
        var features = await engine.EncodeImagesAsync(inputs.Images, CancellationToken.None).WaitAsync(Limit);
        var prompt = ParityCase.Prompt(expected.Family);
        var job = new GenerationJob(
            prompt,
            features,
            expected.Plan(engine.Profile),
            new SamplingOptions { MaxTokens = tokens },
            eos,
            ReportKept: false);
        return engine.Generate(job, cancellationToken);
    }

    private static async Task<List<GenerationEvent>> DrainAsync(ChannelReader<GenerationEvent> reader)
    {
        var events = new List<GenerationEvent>();
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var item in reader.ReadAllAsync(limit.Token))
        {
            events.Add(item);
        }

        return events;
    }
}
