using System.Collections.Concurrent;
using System.Threading.Channels;
using Fovea.Executor.Prefill;
using Fovea.Planning.Policies;
using Fovea.Torch;

namespace Fovea.Executor.Runtime;

/// <summary>The thread that owns every tensor of one device, and the way to speak to it.</summary>
internal sealed class InferenceEngine : IInferenceEngine
{
    private readonly BlockingCollection<Action> _commands = new(new ConcurrentQueue<Action>());
    private readonly TaskCompletionSource<ModelProfile> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionQueue _sessions;
    private readonly AsideQueue _asides;
    private readonly EngineOptions _options;
    private readonly TimeProvider _time;
    private long _busyTicks;
    private LoadedModel? _model; // inference thread only, after loading
    private ModelProfile? _profile;

    private InferenceEngine(EngineOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _sessions = new SessionQueue(options.MaxRunning);
        _asides = new AsideQueue(options.CalibrationInterval);
    }

    /// <inheritdoc/>
    public ModelProfile Profile => _profile ?? throw new InvalidOperationException("The model is not loaded.");

    /// <inheritdoc/>
    public int Waiting => _sessions.Waiting;

    /// <inheritdoc/>
    public int Running => _sessions.Running;

    /// <inheritdoc/>
    public long KvBytes => _sessions.KvBytes;

    /// <inheritdoc/>
    public TimeSpan BusyTime => TimeSpan.FromTicks(Interlocked.Read(ref _busyTicks));

    /// <summary>Starts the thread and loads the model on it.</summary>
    /// <param name="load">Loads the model; runs on the inference thread.</param>
    /// <param name="options">How the thread shares its time.</param>
    /// <param name="time">Measures prefills.</param>
    /// <exception cref="CheckpointException">The checkpoint has faults; each is named.</exception>
    public static async Task<InferenceEngine> StartAsync(Func<LoadedModel> load, EngineOptions options, TimeProvider time)
    {
        var engine = new InferenceEngine(options, time);
        new Thread(() => engine.Run(load)) { IsBackground = true, Name = "inference" }.Start();
        engine._profile = await engine._loaded.Task.ConfigureAwait(false);
        return engine;
    }

    /// <inheritdoc/>
    public Task<VisionFeatures> EncodeImagesAsync(IReadOnlyList<PixelValues> images, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<VisionFeatures>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => Complete(done, () => Encode(images, cancellationToken), cancellationToken));
        return done.Task;
    }

    /// <inheritdoc/>
    public ChannelReader<GenerationEvent> Generate(GenerationJob job, CancellationToken cancellationToken)
    {
        var events = Channel.CreateUnbounded<GenerationEvent>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        _sessions.Announce();
        try
        {
            Post(() => _sessions.Add(new GenerationSession(_model!, job, events.Writer, _time, cancellationToken)));
        }
        catch (ObjectDisposedException)
        {
            _sessions.Withdraw();
            throw;
        }

        return events.Reader;
    }

    /// <inheritdoc/>
    public Task<T> RunAsideAsync<T>(Func<LoadedModel, CancellationToken, T> step, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = new AsideStep(
            () => Complete(done, () => step(_model!, cancellationToken), cancellationToken),
            error => done.TrySetException(error));
        Post(() => _asides.Add(work));
        return done.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_commands.IsAddingCompleted)
        {
            _commands.CompleteAdding();
        }

        await _ended.Task.ConfigureAwait(false);
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            done.TrySetResult(work());
        }
        catch (OperationCanceledException)
        {
            done.TrySetCanceled(cancellationToken);
        }
        catch (Exception error)
        {
            done.TrySetException(error);
        }
    }

    private void Post(Action command)
    {
        try
        {
            _commands.Add(command);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(InferenceEngine));
        }
    }

    private void Run(Func<LoadedModel> load)
    {
        using var mode = torch.inference_mode();
        try
        {
            torch.tune_malloc(); // big temporaries stay with the process instead of going back to the kernel at every free
            if (_options.Threads > 0)
            {
                torch.set_num_threads(_options.Threads);
            }

            _model = load();
            _loaded.SetResult(_model.Profile);
            Serve();
        }
        catch (Exception error)
        {
            _loaded.TrySetException(error);
        }
        finally
        {
            _sessions.Abort(new ObjectDisposedException(nameof(InferenceEngine)));
            _asides.Abort(new ObjectDisposedException(nameof(InferenceEngine)));
            _model?.Dispose();
            _ended.SetResult();
        }
    }

    private void Serve()
    {
        while (!_commands.IsCompleted)
        {
            while (_commands.TryTake(out var command, _sessions.IsIdle && _asides.IsEmpty ? Timeout.Infinite : 0))
            {
                Work(command);
            }

            if (_asides.TakeTurn(_sessions.IsIdle) is { } aside)
            {
                aside.Run();
            }
            else
            {
                Work(_sessions.AdvanceOne);
            }
        }
    }

    private void Work(Action step)
    {
        var begun = _time.GetTimestamp();
        step();
        Interlocked.Add(ref _busyTicks, _time.GetElapsedTime(begun).Ticks);
    }

    private VisionFeatures Encode(IReadOnlyList<PixelValues> images, CancellationToken cancellationToken) =>
        new VisionFeatures(ImageFeatures.Encode(_model!, images, cancellationToken), Release);

    private void Release(Tensor tensor)
    {
        try
        {
            Post(tensor.Dispose);
        }
        catch (ObjectDisposedException)
        {
            tensor.Dispose(); // The thread is gone, so nothing else touches the tensor.
        }
    }
}
