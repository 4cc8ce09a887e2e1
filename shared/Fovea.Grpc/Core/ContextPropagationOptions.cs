namespace Grpc.Core;

/// <summary>What a propagation token hands on.</summary>
public class ContextPropagationOptions
{
    /// <summary>Hands on both deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Chooses what is handed on.</summary>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>Tells whether the deadline is handed on.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Tells whether the cancellation is handed on.</summary>
    public bool IsPropagateCancellation { get; }
}
