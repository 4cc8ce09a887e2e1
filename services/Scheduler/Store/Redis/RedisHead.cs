namespace Fovea.Scheduler.Store.Redis;

/// <summary>Names a state.</summary>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Stamp">Name of the commit that made it: two states of one generation differ by it.</param>
internal sealed record RedisHead(string Epoch, long Generation, long Revision, string Stamp)
{
    /// <summary>Returns the name of a state.</summary>
    public static RedisHead Of(StoreState state) => new(state.Epoch, state.Generation, state.Revision, state.Stamp);

    /// <inheritdoc/>
    public override string ToString() => $"epoch {Epoch}, revision {Revision}, generation {Generation}";
}
