using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>Hands a call's deadline and cancellation on to the calls of its handler.</summary>
internal sealed class ServerPropagationToken : ContextPropagationToken
{
    /// <summary>Takes from a call what the options hand on.</summary>
    public ServerPropagationToken(ServerCallContext parent, ContextPropagationOptions options)
    {
        ParentDeadline = options.IsPropagateDeadline ? parent.Deadline : null;
        ParentCancellationToken = options.IsPropagateCancellation ? parent.CancellationToken : default;
    }

    /// <inheritdoc/>
    internal override DateTime? ParentDeadline { get; }

    /// <inheritdoc/>
    internal override CancellationToken ParentCancellationToken { get; }
}
