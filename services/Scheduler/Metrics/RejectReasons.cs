namespace Fovea.Scheduler.Metrics;

/// <summary>Names why something was refused on a plan or feed stream.</summary>
internal static class RejectReasons
{
    /// <summary>An executor refused a snapshot.</summary>
    public const string Nack = "nack";

    /// <summary>A message broke the order or the content that the stream demands.</summary>
    public const string Protocol = "protocol";

    /// <summary>A client did not read what it had asked for.</summary>
    public const string SlowConsumer = "slow_consumer";

    /// <summary>A newer stream of the same executor took the place.</summary>
    public const string Replaced = "replaced";

    /// <summary>Too many executors are listed.</summary>
    public const string Full = "full";
}
