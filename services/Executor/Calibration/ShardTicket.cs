using Fovea.Contracts.V1;

namespace Fovea.Executor.Calibration;

/// <summary>One shard from its arrival to its last answer.</summary>
internal sealed class ShardTicket : IDisposable
{
    private readonly CancellationTokenSource _drop;

    /// <summary>Takes a shard in.</summary>
    /// <param name="shard">The message.</param>
    /// <param name="ends">Fires when the stream ends.</param>
    public ShardTicket(Shard shard, CancellationToken ends)
    {
        Shard = shard;
        _drop = CancellationTokenSource.CreateLinkedTokenSource(ends);
    }

    /// <summary>The message.</summary>
    public Shard Shard { get; }

    /// <summary>Fires when its remaining samples are not wanted any more.</summary>
    public CancellationToken Ends => _drop.Token;

    /// <summary>Drops the remaining samples.</summary>
    public Task DropAsync() => _drop.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _drop.Dispose();
}
