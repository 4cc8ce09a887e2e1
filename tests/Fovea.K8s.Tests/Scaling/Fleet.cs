namespace Fovea.K8s.Tests.Scaling;

/// <summary>Executors under an offered load: new ones load a model first, and each plans no more than it gets done.</summary>
internal sealed class Fleet
{
    /// <summary>Between two looks of the autoscaler.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    private readonly TimeSpan _loading;
    private readonly int _rateSteps;
    private readonly List<TimeSpan> _readyAt = [];
    private readonly Queue<double> _shares = new();

    /// <summary>Makes a fleet whose metric is a rate over a window.</summary>
    public Fleet(TimeSpan loading, TimeSpan rateWindow)
    {
        _loading = loading;
        _rateSteps = (int)(rateWindow / Step);
    }

    /// <summary>Replays a load, in executors' worth of work, and gives the replicas after each step.</summary>
    /// <param name="autoscaler">Sets the replicas.</param>
    /// <param name="load">The load of each step.</param>
    /// <param name="isLost">Whether a replica's metric is lost in a step.</param>
    public IReadOnlyList<int> Replay(Autoscaler autoscaler, IReadOnlyList<double> load, Func<int, int, bool>? isLost = null)
    {
        _readyAt.AddRange(Enumerable.Repeat(TimeSpan.MinValue, autoscaler.Replicas));
        var replicas = new List<int>();
        for (var step = 0; step < load.Count; step++)
        {
            var now = Step * step;
            var metrics = Metrics(now, load[step]);
            autoscaler.Sync(now, [.. metrics.Select((metric, replica) => isLost?.Invoke(step, replica) == true ? null : metric)]);
            Follow(now, autoscaler.Replicas);
            replicas.Add(autoscaler.Replicas);
        }

        return replicas;
    }

    // A pod that still loads has no capacity and is given no work, so the recording rule has no value for it.
    private List<double?> Metrics(TimeSpan now, double load)
    {
        var ready = _readyAt.Count(at => at <= now);
        _shares.Enqueue(Math.Min(1, load / Math.Max(1, ready)));
        while (_shares.Count > _rateSteps)
        {
            _shares.Dequeue();
        }

        var share = _shares.Average();
        return [.. _readyAt.Select(at => at <= now ? (double?)share : null)];
    }

    private void Follow(TimeSpan now, int replicas)
    {
        while (_readyAt.Count > replicas)
        {
            _readyAt.RemoveAt(_readyAt.Count - 1);
        }

        while (_readyAt.Count < replicas)
        {
            _readyAt.Add(now + _loading);
        }
    }
}
