using System.Collections.Immutable;
using Fovea.Planning.Policies;

namespace Fovea.Faults.Histories;

/// <summary>What happened in one run, in order; never changed.</summary>
/// <param name="Events">All events.</param>
internal sealed record History(ImmutableArray<HistoryEvent> Events)
{
    /// <summary>Gets the model that all executors serve; null when none was asked.</summary>
    public ModelProfile? Model { get; init; }

    /// <summary>Returns all events of a kind, in order.</summary>
    public IEnumerable<T> Of<T>()
        where T : HistoryEvent => Events.OfType<T>();

    /// <summary>Returns the history of these events, numbered anew; for tests and cuts.</summary>
    public static History From(IEnumerable<HistoryEvent> events) =>
        new([.. events.Select((happened, index) => happened with { Sequence = index })]);
}
