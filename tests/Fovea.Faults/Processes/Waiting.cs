namespace Fovea.Faults.Processes;

/// <summary>Bounds waits for what other processes do.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends when a condition holds; throws a <see cref="TimeoutException"/> that says <paramref name="what"/> when it does not in time.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, string what)
    {
        if (!await TryUntilAsync(condition, limit))
        {
            throw new TimeoutException($"not within {limit}: {what}");
        }
    }

    /// <summary>Returns whether a condition came to hold in time.</summary>
    public static async Task<bool> TryUntilAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        using var poll = new PeriodicTimer(Step);
        while (!await condition())
        {
            try
            {
                await poll.WaitForNextTickAsync(end.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return true;
    }
}
