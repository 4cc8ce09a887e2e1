using Microsoft.Extensions.Options;

namespace Fovea.Executor.Intake;

/// <summary>Gives places to run, first come first served, and refuses what would wait in a full queue.</summary>
internal sealed class AdmissionQueue : IDisposable
{
    private readonly IntakeOptions _options;
    private readonly SemaphoreSlim _places;
    private int _waiting;
    private int _running;

    /// <summary>Opens the queue with the places that the options give.</summary>
    public AdmissionQueue(IOptions<IntakeOptions> options)
    {
        _options = options.Value;
        _places = new SemaphoreSlim(_options.MaxRunning);
    }

    /// <summary>Requests that wait for a place.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Requests that hold a place.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Waits for a place, which is given back when the result is disposed.</summary>
    /// <exception cref="RequestRefusedException">The queue is full.</exception>
    /// <exception cref="OperationCanceledException">The request ended while it waited.</exception>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_places.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            await WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        Interlocked.Increment(ref _running);
        return new Place(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > _options.QueueLimit)
            {
                throw new RequestRefusedException(
                    RefusalReason.QueueFull,
                    $"{_options.QueueLimit} requests wait already, the most that option Intake:QueueLimit allows "
                    + $"beside {_options.MaxRunning} running ones (Intake:MaxRunning).",
                    _options.RetryAfter);
            }

            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private sealed class Place : IDisposable
    {
        private AdmissionQueue? _queue;

        public Place(AdmissionQueue queue) => _queue = queue;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _queue, null) is { } queue)
            {
                Interlocked.Decrement(ref queue._running);
                queue._places.Release();
            }
        }
    }
}
