namespace Fovea.Cli.Benches;

/// <summary>Says what load a serving measurement puts on executors.</summary>
/// <param name="Rate">Requests that arrive in a second.</param>
/// <param name="Duration">Time for which they arrive.</param>
internal sealed record ServeLoad(double Rate, TimeSpan Duration)
{
    /// <summary>Gets the most requests under way at once; those that arrive beyond are not sent.</summary>
    public int Concurrency { get; init; } = int.MaxValue;

    /// <summary>Gets the seed of the arrivals; null spaces them evenly.</summary>
    public int? Seed { get; init; }

    /// <summary>Gets the latency up to which an answer is good.</summary>
    public TimeSpan Objective { get; init; } = TimeSpan.MaxValue;

    /// <summary>Gets the requests sent one after another to each executor before the load, which count for nothing.</summary>
    public int WarmUps { get; init; }
}
