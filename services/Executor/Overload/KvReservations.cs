using Fovea.Executor.Intake;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Overload;

/// <summary>Lets requests speak for their KV cache before it is allocated; what does not fit waits, first come first served.</summary>
/// <remarks>A request's cache is known from its plan: every layer's vision tokens, the text, and the longest answer. Safe for any number of threads.</remarks>
internal sealed class KvReservations
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private long _used;
    private int _waitingCount;

    /// <summary>Takes the limit from the options.</summary>
    public KvReservations(IOptions<IntakeOptions> options) => LimitBytes = options.Value.KvLimitBytes;

    /// <summary>Is raised after a reservation was made, given back, or began or ceased to wait.</summary>
    public event Action? Changed;

    /// <summary>Most bytes reserved at once; 0 when there is no limit.</summary>
    public long LimitBytes { get; }

    /// <summary>Bytes reserved now.</summary>
    public long UsedBytes => Interlocked.Read(ref _used);

    /// <summary>Reservations that wait.</summary>
    public int Waiting => Volatile.Read(ref _waitingCount);

    /// <summary>Ends a request whose cache can never fit.</summary>
    /// <exception cref="RequestRefusedException">It needs more than the limit.</exception>
    public void Require(long bytes)
    {
        if (LimitBytes > 0 && bytes > LimitBytes)
        {
            throw new RequestRefusedException([new RequestFault(
                RefusalReason.Invalid,
                "messages",
                $"The prompt and its longest answer need {bytes} bytes of KV cache by the plan; option Intake:KvLimitBytes allows {LimitBytes}. "
                + "Smaller images, fewer max_tokens, or a plan that keeps less need less.")]);
        }
    }

    /// <summary>Reserves bytes, which are given back when the result is disposed; waits while they do not fit.</summary>
    /// <exception cref="RequestRefusedException">They are more than the limit.</exception>
    /// <exception cref="OperationCanceledException">The request ended while it waited.</exception>
    public async ValueTask<IDisposable> ReserveAsync(long bytes, CancellationToken cancellationToken)
    {
        Require(bytes);
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            if (_waiting.Count == 0 && Take(bytes))
            {
                waiter = new Waiter(bytes, isDone: true);
            }
            else
            {
                waiter = new Waiter(bytes, isDone: false);
                _waiting.AddLast(waiter);
                _waitingCount = _waiting.Count;
            }
        }

        Changed?.Invoke();
        await using var cancelled = cancellationToken.Register(() => Withdraw(waiter, cancellationToken)).ConfigureAwait(false);
        await waiter.Done.ConfigureAwait(false);
        return new Reservation(this, bytes);
    }

    /// <summary>Reserves bytes for work that serves no request, up to a share of the limit; null while that is in use, or a request waits.</summary>
    /// <exception cref="RequestRefusedException">They are more than that share of the limit.</exception>
    public IDisposable? TryReserve(long bytes, double share)
    {
        if (LimitBytes > 0 && bytes > LimitBytes * share)
        {
            throw new RequestRefusedException(
                RefusalReason.NoRoom, $"{bytes} bytes of KV cache are more than the share of {share} of Intake:KvLimitBytes, which is {LimitBytes}.");
        }

        lock (_gate)
        {
            if (_waiting.Count > 0 || (LimitBytes > 0 && _used + bytes > LimitBytes * share) || !Take(bytes))
            {
                return null;
            }
        }

        Changed?.Invoke();
        return new Reservation(this, bytes);
    }

    private bool Take(long bytes)
    {
        if (LimitBytes > 0 && _used + bytes > LimitBytes)
        {
            return false;
        }

        Interlocked.Add(ref _used, bytes);
        return true;
    }

    private void Withdraw(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // One that was served in the meantime keeps its bytes until its holder gives them back.
            if (!_waiting.Remove(waiter))
            {
                return;
            }

            waiter.Cancel(cancellationToken);
            ServeWaiting();
        }

        Changed?.Invoke();
    }

    private void Release(long bytes)
    {
        lock (_gate)
        {
            Interlocked.Add(ref _used, -bytes);
            ServeWaiting();
        }

        Changed?.Invoke();
    }

    private void ServeWaiting()
    {
        while (_waiting.First is { } first && Take(first.Value.Bytes))
        {
            _waiting.RemoveFirst();
            first.Value.Serve();
        }

        _waitingCount = _waiting.Count;
    }

    private sealed class Waiter
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Waiter(long bytes, bool isDone)
        {
            Bytes = bytes;
            if (isDone)
            {
                _done.SetResult();
            }
        }

        public long Bytes { get; }

        public Task Done => _done.Task;

        public void Serve() => _done.TrySetResult();

        public void Cancel(CancellationToken cancellationToken) => _done.TrySetCanceled(cancellationToken);
    }

    private sealed class Reservation : IDisposable
    {
        private readonly long _bytes;
        private KvReservations? _owner;

        public Reservation(KvReservations owner, long bytes) => (_owner, _bytes) = (owner, bytes);

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Release(_bytes);
    }
}
