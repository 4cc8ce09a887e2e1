namespace Fovea.Executor.Intake;

/// <summary>A place to run; given back when disposed.</summary>
internal sealed class AdmissionPlace : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly Action<TimeSpan> _served;
    private Action? _release;

    /// <summary>Takes the place now.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="served">Takes the time that a served request held its place.</param>
    /// <param name="release">Gives the place back.</param>
    public AdmissionPlace(TimeProvider time, Action<TimeSpan> served, Action release)
    {
        (_time, _served, _release) = (time, served, release);
        _begun = time.GetTimestamp();
    }

    /// <summary>Notes that the request was served to its end.</summary>
    public void Served() => _served(_time.GetElapsedTime(_begun));

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
