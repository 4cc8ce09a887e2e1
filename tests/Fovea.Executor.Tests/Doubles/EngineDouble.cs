using System.Collections.Immutable;
using System.Threading.Channels;
using Fovea.Executor.Runtime;
using Fovea.Planning.Policies;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>An engine without a model: it keeps the contract of the real one and does what a test's script says.</summary>
internal sealed class EngineDouble : IInferenceEngine
{
    private int _running;
    private int _features;

    /// <summary>Answers with these ids unless <see cref="Script"/> is set.</summary>
    public int[] Tokens { get; set; } = [];

    public FinishReason Reason { get; set; } = FinishReason.Eos;

    /// <summary>Runs a job; ends by returning, and the channel completes then.</summary>
    public Func<GenerationJob, ChannelWriter<GenerationEvent>, CancellationToken, Task>? Script { get; set; }

    /// <summary>Runs before an encode returns.</summary>
    public Func<CancellationToken, Task> BeforeEncoded { get; set; } = _ => Task.CompletedTask;

    public Channel<GenerationJob> Jobs { get; } = Channel.CreateUnbounded<GenerationJob>();

    /// <summary>One entry for each job that has let go of everything.</summary>
    public Channel<Exception?> Ended { get; } = Channel.CreateUnbounded<Exception?>();

    public ModelProfile Profile { get; set; } = new("demo", "revision-1", ShapeReader.Read(
        File.ReadAllText(Path.Combine(FixtureFiles.DemoModel, "config.json")), "demo").Require(), 2048);

    public int Waiting => 0;

    public int Running => Volatile.Read(ref _running);

    public long KvBytes => Running * 1000L;

    public TimeSpan BusyTime { get; set; }

    /// <summary>Features that nobody has disposed yet.</summary>
    public int LiveFeatures => Volatile.Read(ref _features);

    public async Task<VisionFeatures> EncodeImagesAsync(IReadOnlyList<PixelValues> images, CancellationToken cancellationToken)
    {
        await BeforeEncoded(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _features);
        return new VisionFeatures(torch.zeros([256 * images.Count, 1]).DetachFromDisposeScope(), Release);
    }

    public ChannelReader<GenerationEvent> Generate(GenerationJob job, CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<GenerationEvent>();
        Interlocked.Increment(ref _running);
        Jobs.Writer.TryWrite(job);
        _ = RunAsync(job, channel.Writer, cancellationToken);
        return channel.Reader;
    }

    /// <summary>Calibration needs a model, which a double has not.</summary>
    public Task<T> RunAsideAsync<T>(Func<LoadedModel, CancellationToken, T> step, CancellationToken cancellationToken) =>
        Task.FromException<T>(new NotSupportedException("The double has no model."));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static PrefillCompleted Prefill(GenerationJob job) =>
        new(TimeSpan.FromMilliseconds(5), job.Plan.Counts, 1000, ImmutableSortedDictionary<int, ImmutableArray<int>>.Empty);

    public static TokenGenerated Token(int id) => new(id, -0.5f, []);

    private async Task RunAsync(GenerationJob job, ChannelWriter<GenerationEvent> events, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Exception? error = null;
        try
        {
            await (Script is { } script ? script(job, events, cancellationToken) : PlayAsync(job, events));
        }
        catch (Exception e)
        {
            error = e;
        }

        job.Features?.Dispose();
        Interlocked.Decrement(ref _running);
        events.TryComplete(error);
        Ended.Writer.TryWrite(error);
    }

    private Task PlayAsync(GenerationJob job, ChannelWriter<GenerationEvent> events)
    {
        events.TryWrite(Prefill(job));
        foreach (var id in Tokens)
        {
            events.TryWrite(Token(id));
        }

        events.TryWrite(new GenerationFinished(Reason));
        return Task.CompletedTask;
    }

    private void Release(Tensor tensor)
    {
        Interlocked.Decrement(ref _features);
        tensor.Dispose();
    }
}
