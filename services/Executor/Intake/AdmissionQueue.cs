using System.Globalization;
using Fovea.Executor.Overload;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Intake;

/// <summary>Gives places to run, first come first served, and refuses what would wait in a full queue or beyond its deadline.</summary>
internal sealed class AdmissionQueue : IDisposable
{
    private readonly IntakeOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly ServiceEstimate _estimate = new();
    private int _waiting;
    private int _running;

    /// <summary>Opens the queue with the places that the options give.</summary>
    public AdmissionQueue(IOptions<IntakeOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _places = new SemaphoreSlim(_options.MaxRunning);
    }

    /// <summary>Is raised after a request began or ceased to wait or to run, on the thread that did it.</summary>
    public event Action? Changed;

    /// <summary>Is raised when a request is refused that would have been served if fewer had waited, on the thread that refuses it.</summary>
    public event Action? Pressed;

    /// <summary>Requests that wait for a place.</summary>
    public int Waiting => Math.Min(Volatile.Read(ref _waiting), _options.QueueLimit);

    /// <summary>Requests that hold a place.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Waits for a place, which is given back when the result is disposed.</summary>
    /// <param name="deadline">When the caller stops waiting, UTC; the largest time when never.</param>
    /// <param name="cancellationToken">Ends the wait with the request.</param>
    /// <exception cref="RequestRefusedException">The queue is full, or the answer would come after the deadline.</exception>
    /// <exception cref="OperationCanceledException">The request ended while it waited.</exception>
    public async ValueTask<AdmissionPlace> EnterAsync(DateTime deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_places.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            await WaitAsync(deadline, cancellationToken).ConfigureAwait(false);
            RequireWorth(TimeLeft(deadline));
        }

        Interlocked.Increment(ref _running);
        Changed?.Invoke();
        return new AdmissionPlace(_time, _estimate.Record, Leave);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task WaitAsync(DateTime deadline, CancellationToken cancellationToken)
    {
        try
        {
            var ahead = Interlocked.Increment(ref _waiting) - 1;
            RequireRoom(ahead);
            RequireTime(ahead, TimeLeft(deadline));
            Changed?.Invoke();
            await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            Changed?.Invoke();
        }
    }

    private void RequireRoom(int ahead)
    {
        if (ahead >= _options.QueueLimit)
        {
            Pressed?.Invoke();
            throw new RequestRefusedException(
                RefusalReason.QueueFull,
                $"{_options.QueueLimit} requests wait already, the most that option Intake:QueueLimit allows "
                + $"beside {_options.MaxRunning} running ones (Intake:MaxRunning).",
                PushBack(_options.QueueLimit));
        }
    }

    /// <summary>Refuses at once what would be begun in vain: its place and its answer are expected after its deadline.</summary>
    private void RequireTime(int ahead, TimeSpan left)
    {
        if (_estimate.Wait(ahead, _options.MaxRunning) is { } wait && _estimate.Bound is { } service && wait + service > left)
        {
            if (service <= left)
            {
                Pressed?.Invoke();
            }

            throw Late($"{ahead} requests wait before this one: a place is expected in {Seconds(wait)}", service, left, ahead);
        }
    }

    /// <summary>Gives the place on to the next one when the wait has taken the time that an answer needs.</summary>
    private void RequireWorth(TimeSpan left)
    {
        var service = _estimate.Bound ?? TimeSpan.Zero;
        if (left > TimeSpan.Zero && left >= service)
        {
            return;
        }

        _places.Release();
        Pressed?.Invoke();
        throw left <= TimeSpan.Zero
            ? new OperationCanceledException("The deadline passed while the request waited.")
            : Late("The request has waited until now; a place is there", service, left, Waiting);
    }

    private RequestRefusedException Late(string why, TimeSpan service, TimeSpan left, int ahead) => new(
        RefusalReason.Late,
        $"{why} and the answer within {Seconds(service)} of it, but the deadline is in {Seconds(left)}.",
        PushBack(ahead));

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F2} s");

    /// <summary>Gives the wait after which a place can be expected, within the bounds of the options.</summary>
    private TimeSpan PushBack(int ahead)
    {
        var wait = _estimate.Wait(ahead, _options.MaxRunning) ?? TimeSpan.Zero;
        var most = _options.RetryAfterMost > _options.RetryAfter ? _options.RetryAfterMost : _options.RetryAfter;
        return wait < _options.RetryAfter ? _options.RetryAfter : wait > most ? most : wait;
    }

    private TimeSpan TimeLeft(DateTime deadline) =>
        deadline == DateTime.MaxValue ? TimeSpan.MaxValue : deadline - _time.GetUtcNow().UtcDateTime;

    private void Leave()
    {
        Interlocked.Decrement(ref _running);
        _places.Release();
        Changed?.Invoke();
    }
}
