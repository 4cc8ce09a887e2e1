namespace Fovea.Executor.Runtime;

/// <summary>Why a generation ended.</summary>
internal enum FinishReason
{
    /// <summary>The model ended its answer.</summary>
    Eos,

    /// <summary>The most tokens asked for were generated, or the context is full.</summary>
    Length,

    /// <summary>A stop string appeared.</summary>
    Stop,
}
