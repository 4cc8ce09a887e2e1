using System.ComponentModel.DataAnnotations;

namespace Fovea.Executor.Canaries;

/// <summary>Limits on what is counted and kept for canaries.</summary>
internal sealed class CanaryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Canaries";

    /// <summary>Most policy versions that are counted apart, two for each policy with a canary; policies are taken in order of their names.</summary>
    /// <value>Default 64; 2 to 10,000.</value>
    [Range(2, 10_000)]
    public int MaxArms { get; set; } = 64;

    /// <summary>Most answers that wait for their shadow run; the oldest goes when one more comes.</summary>
    /// <value>Default 16; 1 to 10,000.</value>
    [Range(1, 10_000)]
    public int MaxShadows { get; set; } = 16;

    /// <summary>Most bytes of image files of answers that wait for their shadow run; the oldest go when more come.</summary>
    /// <value>Default 64 MiB; 1 KiB to 16 GiB.</value>
    [Range(1024, 16L << 30)]
    public long MaxShadowBytes { get; set; } = 64L << 20;

    /// <summary>Time after which a shadow run that gave way to waiting requests looks again.</summary>
    /// <value>Default 50 ms; 1 ms to 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan ShadowPause { get; set; } = TimeSpan.FromMilliseconds(50);
}
