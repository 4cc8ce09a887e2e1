namespace Fovea.Scheduler.Store.Redis;

/// <summary>Is what Redis holds beyond a state that is held.</summary>
/// <param name="Outcome">How both relate.</param>
/// <param name="State">The newest state; the one held when it cannot or need not be taken.</param>
/// <param name="Head">The state that Redis names as its newest; null when it is empty.</param>
internal sealed record RedisRead(ReadOutcome Outcome, StoreState? State, RedisHead? Head);
