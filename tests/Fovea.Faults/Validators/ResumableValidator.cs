using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// Resumable: a stream that is opened with what its observer holds goes on from there. Its first update is newer than that, and
/// a bookmark before any update does not stand beyond it.
/// </summary>
internal sealed class ResumableValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "Resumable";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        foreach (var stream in FeedStreamView.AllOf(history).Where(stream => stream.Held.Epoch.Length > 0 && stream.Messages.Length > 0))
        {
            var first = stream.Messages[0];
            var isRight = first is HistoryEvent.FeedUpdate update
                ? FeedStreamView.At(update) > stream.Held
                : FeedStreamView.At((HistoryEvent.FeedBookmark)first) <= stream.Held;
            findings.Check(isRight, first.Sequence, () => $"stream {stream.Opened.Stream} of scheduler {stream.Opened.Scheduler} opened with {stream.Held} and began with {Text(first)}");
        }

        return findings.ToVerdict();
    }

    private static string Text(HistoryEvent first) => first is HistoryEvent.FeedUpdate update
        ? $"update {FeedStreamView.At(update)}"
        : $"bookmark {FeedStreamView.At((HistoryEvent.FeedBookmark)first)}";
}
