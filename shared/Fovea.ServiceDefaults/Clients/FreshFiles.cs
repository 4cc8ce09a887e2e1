using Fovea.ServiceDefaults.Security;

namespace Fovea.ServiceDefaults.Clients;

/// <summary>Something made from files that are looked at when it is asked for, at most once in an interval.</summary>
/// <remarks>Safe for any number of threads.</remarks>
internal sealed class FreshFiles<T>
    where T : class
{
    private readonly ReloadedFiles<T> _files;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private long _looked;

    /// <summary>Watches files that have been read just now.</summary>
    public FreshFiles(ReloadedFiles<T> files, TimeSpan interval, TimeProvider time)
    {
        _files = files;
        _interval = interval;
        _time = time;
        _looked = time.GetTimestamp();
    }

    /// <summary>The last good one.</summary>
    public T Get()
    {
        var looked = Interlocked.Read(ref _looked);
        if (_time.GetElapsedTime(looked) >= _interval
            && Interlocked.CompareExchange(ref _looked, _time.GetTimestamp(), looked) == looked)
        {
            _files.Refresh();
        }

        return _files.Current;
    }
}
