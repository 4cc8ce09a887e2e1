namespace Fovea.ServiceDefaults.Drain;

/// <summary>Tells that the server is going down: handlers of long streams link to it, so that they end in time.</summary>
public sealed class DrainSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Fires once, when the server begins to drain.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Tells whether the server is draining.</summary>
    public bool IsDraining => _source.IsCancellationRequested;

    /// <summary>A source that fires when the server drains or the other token fires; the caller disposes it.</summary>
    public CancellationTokenSource Link(CancellationToken other) => CancellationTokenSource.CreateLinkedTokenSource(_source.Token, other);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    /// <summary>Begins the drain.</summary>
    internal void Begin() => _source.Cancel();
}
