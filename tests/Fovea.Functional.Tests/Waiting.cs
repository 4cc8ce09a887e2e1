namespace Fovea.Functional.Tests;

/// <summary>Bounds waits for what other processes do.</summary>
internal static class Waiting
{
    /// <summary>Ends when a condition holds; fails with <paramref name="what"/> when it does not in time.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    /// <summary>Ends when a condition holds; fails with <paramref name="what"/> when it does not in time.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(FoveaProcess.Limit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            try
            {
                await poll.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {FoveaProcess.Limit}: {what}");
            }
        }
    }
}
