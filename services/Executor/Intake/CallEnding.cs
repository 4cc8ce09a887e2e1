namespace Fovea.Executor.Intake;

/// <summary>What is known of a call when it ends early.</summary>
/// <param name="DeadlinePassed">Its deadline has passed.</param>
/// <param name="Stopping">The executor cuts what still runs, because its time to drain is over.</param>
/// <param name="CallerGone">The caller has cancelled or is gone.</param>
internal readonly record struct CallEnding(bool DeadlinePassed, bool Stopping, bool CallerGone);
