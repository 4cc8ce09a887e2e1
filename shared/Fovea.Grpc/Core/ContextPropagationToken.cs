namespace Grpc.Core;

/// <summary>Ties a call to the call whose handler makes it.</summary>
public abstract class ContextPropagationToken
{
    /// <summary>Only this layer derives tokens.</summary>
    internal ContextPropagationToken()
    {
    }

    /// <summary>The deadline of the parent, or null when it is not handed on.</summary>
    internal abstract DateTime? ParentDeadline { get; }

    /// <summary>The cancellation of the parent, or none when it is not handed on.</summary>
    internal abstract CancellationToken ParentCancellationToken { get; }
}
