namespace Fovea.Executor.Intake;

/// <summary>Notes when a request reached each stage, on one monotonic clock.</summary>
/// <remarks>Different threads may mark different stages; each stage is marked by one.</remarks>
internal sealed class StageTimeline
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan?[] _reached = new TimeSpan?[Enum.GetValues<RequestStage>().Length];

    /// <summary>Starts the clock: <see cref="RequestStage.Received"/> is now.</summary>
    public StageTimeline(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _reached[(int)RequestStage.Received] = TimeSpan.Zero;
    }

    /// <summary>Time since the request was received.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Notes that a stage is reached now.</summary>
    public void Mark(RequestStage stage) => _reached[(int)stage] = Elapsed;

    /// <summary>Time from reception to a stage, or null when it was not reached.</summary>
    public TimeSpan? At(RequestStage stage) => _reached[(int)stage];

    /// <summary>Seconds from reception to a stage; 0 when it was not reached.</summary>
    public double SecondsAt(RequestStage stage) => At(stage)?.TotalSeconds ?? 0;

    /// <summary>Time between two stages, or null unless both were reached.</summary>
    public TimeSpan? Between(RequestStage from, RequestStage to) => At(to) - At(from);
}
