namespace Fovea.K8s.Tests.Scaling;

/// <summary>The controller of autoscaling/v2 for a metric of pods, as its documentation and source describe it.</summary>
/// <remarks>
/// <code>
/// ratio         mean of the pods' metric / target; within 10 % of 1 nothing changes
/// missing pods  count as the target when the ratio is below 1, and as 0 when it is above; if that turns the direction, nothing changes
/// no metric     nothing changes
/// stabilised    down: the highest of the recommendations in the window; up: the lowest
/// limited       by what the policies allow from the replicas one period ago
/// </code>
/// </remarks>
internal sealed class Autoscaler
{
    private const double Tolerance = 0.1;

    private readonly ScalingBehavior _behavior;
    private readonly List<(TimeSpan At, int Replicas)> _recommended = [];
    private readonly List<(TimeSpan At, int Replicas)> _history = [];

    public Autoscaler(ScalingBehavior behavior, int replicas)
    {
        _behavior = behavior;
        Replicas = replicas;
    }

    public int Replicas { get; private set; }

    /// <summary>Looks at the metric of each replica, null where it is missing, and sets the replicas.</summary>
    public void Sync(TimeSpan now, IReadOnlyList<double?> metrics)
    {
        var desired = Math.Clamp(Desired(metrics), _behavior.Least, _behavior.Most);
        if (metrics.All(metric => metric is null))
        {
            return;
        }

        _recommended.Add((now, desired));
        var stable = Stabilised(now, desired);
        _history.Add((now, Replicas));
        Replicas = Limited(now, stable);
    }

    private int Desired(IReadOnlyList<double?> metrics)
    {
        var known = metrics.Where(metric => metric is not null).Select(metric => metric!.Value).ToList();
        if (known.Count == 0)
        {
            return Replicas;
        }

        var missing = metrics.Count - known.Count;
        var ratio = known.Average() / _behavior.Target;
        if (missing == 0)
        {
            return IsNear(ratio) ? Replicas : (int)Math.Ceiling(ratio * known.Count);
        }

        var filled = ratio < 1 ? _behavior.Target : 0;
        var guarded = ((known.Sum() + (filled * missing)) / metrics.Count) / _behavior.Target;
        if (IsNear(guarded) || (ratio < 1 && guarded > 1) || (ratio > 1 && guarded < 1))
        {
            return Replicas;
        }

        var desired = (int)Math.Ceiling(guarded * metrics.Count);
        return (guarded < 1 && desired > Replicas) || (guarded > 1 && desired < Replicas) ? Replicas : desired;
    }

    private int Stabilised(TimeSpan now, int desired)
    {
        var up = _recommended.Where(item => item.At > now - _behavior.Up.Window || item.At == now).Min(item => item.Replicas);
        var down = _recommended.Where(item => item.At > now - _behavior.Down.Window || item.At == now).Max(item => item.Replicas);
        return Replicas < up ? up : Replicas > down ? down : Replicas == desired ? desired : Replicas;
    }

    private int Limited(TimeSpan now, int stable) => stable.CompareTo(Replicas) switch
    {
        > 0 => Math.Min(stable, Math.Max(Replicas, _behavior.Up.Limit(period => Before(now - period), 1))),
        < 0 => Math.Max(stable, Math.Min(Replicas, _behavior.Down.Limit(period => Before(now - period), -1))),
        _ => Replicas,
    };

    // What there was when the period began; before the first look it was what there is now.
    private int Before(TimeSpan time)
    {
        var later = _history.FindIndex(item => item.At >= time);
        return later < 0 ? Replicas : _history[later].Replicas;
    }

    private static bool IsNear(double ratio) => Math.Abs(ratio - 1) <= Tolerance;
}
