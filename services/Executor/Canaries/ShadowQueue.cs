using Fovea.Executor.Metrics;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Canaries;

/// <summary>Holds the answers that wait for their shadow run, bounded in number and bytes: the oldest makes room, and is counted.</summary>
internal sealed class ShadowQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<ShadowJob> _jobs = new();
    private readonly SemaphoreSlim _offered = new(0);
    private readonly CanaryOptions _options;
    private readonly ShadowMetrics _metrics;
    private long _bytes;

    /// <summary>Starts empty.</summary>
    public ShadowQueue(IOptions<CanaryOptions> options, ShadowMetrics metrics)
    {
        _options = options.Value;
        _metrics = metrics;
    }

    /// <summary>Number of answers that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _jobs.Count;
            }
        }
    }

    /// <summary>Adds an answer; never waits.</summary>
    public void Offer(ShadowJob job)
    {
        lock (_gate)
        {
            _jobs.Enqueue(job);
            _bytes += job.Bytes;
            while (_jobs.Count > _options.MaxShadows || _bytes > _options.MaxShadowBytes)
            {
                Take();
                _metrics.Ended(ShadowResults.Dropped);
            }
        }

        _offered.Release();
    }

    /// <summary>Waits for the oldest answer.</summary>
    public async Task<ShadowJob> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _offered.WaitAsync(cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                // What was dropped has left its signal behind.
                if (_jobs.Count > 0)
                {
                    return Take();
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _offered.Dispose();

    private ShadowJob Take()
    {
        var job = _jobs.Dequeue();
        _bytes -= job.Bytes;
        return job;
    }
}
