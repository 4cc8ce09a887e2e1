namespace Fovea.Planning.Schedules;

/// <summary>Names what a budget limits.</summary>
public enum BudgetKind
{
    /// <summary>Mean over the layers of the share of vision tokens kept; written <c>mean</c>.</summary>
    MeanKeep,

    /// <summary>All FLOPs of the prefill as a share of those of keeping everything; written <c>flops</c>.</summary>
    FlopsShare,

    /// <summary>All FLOPs of the prefill in units of 10^12; written <c>tflops</c>.</summary>
    Tflops,

    /// <summary>Bytes of keys and values after the prefill; written <c>kv</c>.</summary>
    KvBytes,

    /// <summary>Milliseconds of the language model's prefill by the model's measured cost table; written <c>ms</c>.</summary>
    Milliseconds,
}
