using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>Unique: on one stream of the feed no revision comes twice.</summary>
internal sealed class UniqueValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "Unique";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        foreach (var stream in FeedStreamView.AllOf(history))
        {
            var seen = new HashSet<Position>();
            foreach (var update in stream.Updates)
            {
                var at = FeedStreamView.At(update);
                findings.Check(seen.Add(at), update.Sequence, () => $"stream {stream.Opened.Stream} brought {at} twice");
            }
        }

        return findings.ToVerdict();
    }
}
