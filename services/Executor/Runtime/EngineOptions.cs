using System.ComponentModel.DataAnnotations;

namespace Fovea.Executor.Runtime;

/// <summary>How the inference thread shares its time.</summary>
internal sealed class EngineOptions
{
    /// <summary>Jobs between their prefill and their last token at one time; others wait.</summary>
    /// <value>Default 4; 1 to 1024.</value>
    [Range(1, 1024)]
    public int MaxRunning { get; set; } = 4;

    /// <summary>Threads that one operation uses on the CPU; 0 leaves libtorch's choice.</summary>
    /// <value>Default 0; 0 to 1024.</value>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Steps of served requests between which one waiting calibration step runs; while no request is there, they run without a pause.</summary>
    /// <value>Default 16; 1 to 1,000,000.</value>
    [Range(1, 1_000_000)]
    public int CalibrationInterval { get; set; } = 16;
}
