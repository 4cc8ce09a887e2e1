namespace Fovea.Faults.Load;

/// <summary>Says how much clients ask and how long they wait.</summary>
internal sealed record LoadOptions
{
    /// <summary>Gets what the names of its requests begin with; tells it from others that run beside it.</summary>
    public string Name { get; init; } = "r";

    /// <summary>Gets the number of clients; each has one request under way.</summary>
    public int Clients { get; init; } = 4;

    /// <summary>Gets the pause of a client between two requests.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets the deadline of one attempt.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the most attempts of one request.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Gets the pause before the second attempt; it doubles with each further one.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Gets the tokens of an answer.</summary>
    public int Tokens { get; init; } = 6;
}
