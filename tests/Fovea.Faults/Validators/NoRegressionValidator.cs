using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// NoRegression: an executor never goes back. A request that was sent after another was admitted by the same executor has its
/// (epoch, revision) or a newer one; and what the executor says it has applied never gets older.
/// </summary>
/// <remarks>Requests that overlap have no order that anyone outside could see, so only those that do not are compared.</remarks>
internal sealed class NoRegressionValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "NoRegression";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        var newest = new Dictionary<string, Position>(StringComparer.Ordinal);
        var applied = new Dictionary<string, Position>(StringComparer.Ordinal);
        var atLeast = new Dictionary<string, (string Executor, Position Position)>(StringComparer.Ordinal);
        foreach (var happened in history.Events)
        {
            switch (happened)
            {
                case HistoryEvent.Sent sent:
                    atLeast[sent.Attempt] = (sent.Executor, newest.GetValueOrDefault(sent.Executor, Nothing));
                    break;
                case HistoryEvent.Admitted admitted when atLeast.TryGetValue(admitted.Attempt, out var bound):
                    var at = At(admitted);
                    findings.Check(at >= bound.Position, admitted.Sequence, () => $"{bound.Executor} admitted {admitted.Attempt} with {at} after it had used {bound.Position}{Kind(admitted)}");
                    newest[bound.Executor] = Max(at, newest.GetValueOrDefault(bound.Executor, Nothing));
                    break;
                case HistoryEvent.Applied state:
                    var now = new Position(state.Epoch, state.Revision);
                    var before = applied.GetValueOrDefault(state.Executor, Nothing);
                    findings.Check(now >= before, state.Sequence, () => $"{state.Executor} says {now} after {before}");
                    applied[state.Executor] = Max(now, before);
                    break;
            }
        }

        return findings.ToVerdict();
    }

    private static Position Nothing => new(string.Empty, 0);

    private static Position At(HistoryEvent.Admitted admitted) =>
        admitted.Message.Plan?.Provenance is { } origin ? new Position(origin.Epoch, origin.Revision) : Nothing;

    private static Position Max(Position left, Position right) => left > right ? left : right;

    private static string Kind(HistoryEvent.Admitted admitted) =>
        admitted.Message.Fallback ? " (fallback)" : admitted.Message.Stale ? " (stale)" : string.Empty;
}
