using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// Ordered: on one stream of the feed updates come in the order of the store's history; none is older than one before it.
/// </summary>
internal sealed class OrderedValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "Ordered";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        foreach (var stream in FeedStreamView.AllOf(history))
        {
            var newest = default(Position?);
            foreach (var update in stream.Updates)
            {
                var at = FeedStreamView.At(update);
                findings.Check(newest is null || at >= newest, update.Sequence, () => $"stream {stream.Opened.Stream} brought {at} after {newest}");
                newest = newest is { } before && before > at ? before : at;
            }
        }

        return findings.ToVerdict();
    }
}
