using System.Runtime.CompilerServices;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>Puts a bound on every wait of a test, so that a fault is a failure and never a hang.</summary>
internal static class Bounded
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> InTimeAsync<T>(
        this Task<T> task, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            return await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{what} did not end in {Limit} at {file}:{line}");
        }
    }

    public static async Task InTimeAsync(
        this Task task, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{what} did not end in {Limit} at {file}:{line}");
        }
    }

    /// <summary>Ends when a condition holds that nothing announces.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!condition())
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }
}
