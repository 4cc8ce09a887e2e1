using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// Bookmarkable: a heartbeat, or the end of the first synchronisation, with a revision says that everything up to it was delivered.
/// The observer holds that revision or a newer one then, and nothing as old comes after it on the stream.
/// </summary>
/// <remarks>It holds a newer one after it has come from a scheduler that was ahead of this one.</remarks>
internal sealed class BookmarkableValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "Bookmarkable";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        foreach (var stream in FeedStreamView.AllOf(history))
        {
            var held = stream.Held;
            var marked = default(Position);
            foreach (var message in stream.Messages)
            {
                if (message is HistoryEvent.FeedUpdate update)
                {
                    var at = FeedStreamView.At(update);
                    findings.Check(at > marked, update.Sequence, () => $"stream {stream.Opened.Stream} brought {at} after the bookmark {marked}");
                    held = at;
                }
                else
                {
                    marked = FeedStreamView.At((HistoryEvent.FeedBookmark)message);
                    findings.Check(held >= marked, message.Sequence, () => $"stream {stream.Opened.Stream} marked {marked}, its observer holds {held}");
                }
            }
        }

        return findings.ToVerdict();
    }
}
