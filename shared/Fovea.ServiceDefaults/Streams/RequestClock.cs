using Microsoft.AspNetCore.Http;

namespace Fovea.ServiceDefaults.Streams;

/// <summary>Cuts the connection's stream of a call whose one request does not arrive in time.</summary>
internal sealed class RequestClock : IDisposable
{
    private readonly ITimer _timer;

    private RequestClock(HttpContext http, TimeSpan limit, TimeProvider time)
    {
        _timer = time.CreateTimer(static http => ((HttpContext)http!).Abort(), http, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts a clock, which is among the features of the call until its request is there.</summary>
    public static RequestClock Start(HttpContext http, TimeSpan limit, TimeProvider time)
    {
        var clock = new RequestClock(http, limit, time);
        http.Features.Set(clock);
        return clock;
    }

    /// <summary>Stops the clock: the request has arrived.</summary>
    public void Dispose() => _timer.Dispose();
}
