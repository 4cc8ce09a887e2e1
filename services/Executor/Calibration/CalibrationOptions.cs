using System.ComponentModel.DataAnnotations;

namespace Fovea.Executor.Calibration;

/// <summary>Limits on what calibration keeps beside serving.</summary>
internal sealed class CalibrationOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Calibration";

    /// <summary>Most bytes of prompts kept at a layer for later candidates; what does not fit is computed again.</summary>
    /// <value>Default 4 GiB; 0 to 1 TiB.</value>
    [Range(0, 1L << 40)]
    public long PrefixCacheBytes { get; set; } = 4L << 30;

    /// <summary>Most bytes of image features kept.</summary>
    /// <value>Default 1 GiB; 0 to 1 TiB.</value>
    [Range(0, 1L << 40)]
    public long FeatureCacheBytes { get; set; } = 1L << 30;

    /// <summary>Most bytes of the full model's answers kept.</summary>
    /// <value>Default 512 MiB; 0 to 1 TiB.</value>
    [Range(0, 1L << 40)]
    public long ReferenceCacheBytes { get; set; } = 512L << 20;

    /// <summary>Most bytes of one question set, images included.</summary>
    /// <value>Default 1 GiB; 1 KiB to 1 TiB.</value>
    [Range(1024, 1L << 40)]
    public long MaxSetBytes { get; set; } = 1L << 30;

    /// <summary>Most bytes of all question sets; the one unused for longest goes first, and never one in use.</summary>
    /// <value>Default 8 GiB; 1 KiB to 16 TiB.</value>
    [Range(1024, 1L << 44)]
    public long MaxSetsBytes { get; set; } = 8L << 30;

    /// <summary>Most shards of one stream that wait; more are left to the transport until there is room.</summary>
    /// <value>Default 256; 1 to 65,536.</value>
    [Range(1, 65_536)]
    public int ShardQueue { get; set; } = 256;
}
