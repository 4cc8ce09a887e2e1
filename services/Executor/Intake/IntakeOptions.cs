using System.ComponentModel.DataAnnotations;

namespace Fovea.Executor.Intake;

/// <summary>Limits on what a request may hold and on how many are served at once.</summary>
internal sealed class IntakeOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Intake";

    /// <summary>Most bytes of one request message, images included.</summary>
    /// <value>Default 32 MiB; 64 KiB to 1 GiB.</value>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxRequestBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Most bytes of one image file.</summary>
    /// <value>Default 16 MiB; 1 KiB to 1 GiB.</value>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxImageBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Most pixels of one image, read from its header before anything is decoded.</summary>
    /// <value>Default 40 million; 1 thousand to 1 billion.</value>
    [Range(1_000, 1_000_000_000)]
    public long MaxImagePixels { get; set; } = 40_000_000;

    /// <summary>Most images of one request.</summary>
    /// <value>Default 16; 1 to 1,024.</value>
    [Range(1, 1024)]
    public int MaxImages { get; set; } = 16;

    /// <summary>Most messages of one conversation.</summary>
    /// <value>Default 128; 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int MaxMessages { get; set; } = 128;

    /// <summary>Most characters of all texts of one request.</summary>
    /// <value>Default 1,000,000; 1 to 100 million.</value>
    [Range(1, 100_000_000)]
    public int MaxTextCharacters { get; set; } = 1_000_000;

    /// <summary>Most requests that wait for a place; one more is refused.</summary>
    /// <value>Default 64; 0 to 100,000.</value>
    [Range(0, 100_000)]
    public int QueueLimit { get; set; } = 64;

    /// <summary>Most requests that are served at once, from their plan to their last token.</summary>
    /// <value>Default 8; 1 to 1,024.</value>
    [Range(1, 1024)]
    public int MaxRunning { get; set; } = 8;

    /// <summary>Most bytes of KV cache that running requests may hold together; those beyond wait for memory.</summary>
    /// <value>Default 0, no limit; 0 to 16 TiB.</value>
    [Range(0, 1L << 44)]
    public long KvLimitBytes { get; set; }

    /// <summary>Least wait that a refused client is asked to keep before it tries again.</summary>
    /// <value>Default 1 s; 0 to 5 min.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait that a refused client is asked to keep, however long the queue is.</summary>
    /// <value>Default 30 s; 0 to 1 h.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryAfterMost { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Images decoded and preprocessed at the same time, beside the inference thread.</summary>
    /// <value>Default 2; 1 to 256.</value>
    [Range(1, 256)]
    public int ImageWorkers { get; set; } = 2;

    /// <summary>Longest time that running requests have to end after a stop was asked for.</summary>
    /// <value>Default 30 s; 0 to 55 min.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:55:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(30);
}
