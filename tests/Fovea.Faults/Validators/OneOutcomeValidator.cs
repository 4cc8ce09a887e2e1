using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// OneOutcome: every attempt ends exactly once, by an answer or a status; an answer has one admission before it and exactly the
/// tokens that were streamed; every request ends exactly once, and the sums on both sides agree.
/// </summary>
internal sealed class OneOutcomeValidator : IValidator
{
    private const string CompletedOutcome = "completed";

    /// <inheritdoc/>
    public string Guarantee => "OneOutcome";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        var attempts = Attempt.AllOf(history);
        foreach (var attempt in attempts)
        {
            CheckAttempt(attempt, findings);
        }

        CheckRequests(history, attempts, findings);
        CheckSums(history, attempts, findings);
        return findings.ToVerdict();
    }

    private static void CheckAttempt(Attempt attempt, Findings findings)
    {
        var (id, sequence) = (attempt.Sent.Attempt, attempt.Sent.Sequence);
        findings.Check(
            attempt.Answers.Length + attempt.Failures.Length == 1,
            sequence,
            () => $"{id} has {attempt.Answers.Length} answers and {attempt.Failures.Length} failures");
        findings.Check(attempt.Admissions.Length <= 1, sequence, () => $"{id} was admitted {attempt.Admissions.Length} times");
        if (attempt.Answer is { } answer)
        {
            findings.Check(
                attempt.Admission is { } admission && admission.Sequence < answer.Sequence, answer.Sequence, () => $"{id} was answered without an admission");
            var generated = answer.Message.Usage?.CompletionTokens ?? 0;
            findings.Check(attempt.Tokens == generated, answer.Sequence, () => $"{id} streamed {attempt.Tokens} tokens and says that it generated {generated}");
        }
    }

    private static void CheckRequests(History history, IReadOnlyList<Attempt> attempts, Findings findings)
    {
        var ends = history.Of<HistoryEvent.Ended>().ToLookup(ended => ended.Request);
        foreach (var request in attempts.ToLookup(attempt => attempt.Sent.Request))
        {
            var (ended, answers) = (ends[request.Key].ToList(), request.Count(attempt => attempt.Answer is not null));
            findings.Check(ended.Count == 1, request.First().Sent.Sequence, () => $"request {request.Key} has ended {ended.Count} times");
            findings.Check(
                ended.Count != 1 || answers == (ended[0].IsAnswered ? 1 : 0), request.First().Sent.Sequence, () => $"request {request.Key} has {answers} answers");
        }
    }

    /// <summary>An executor that was never restarted has completed what was answered, and counts no more requests than it was asked.</summary>
    private static void CheckSums(History history, IReadOnlyList<Attempt> attempts, Findings findings)
    {
        foreach (var executor in history.Of<HistoryEvent.FinalOutcome>().GroupBy(outcome => outcome.Executor))
        {
            var asked = attempts.Where(attempt => attempt.Sent.Executor == executor.Key).ToList();
            var answered = asked.Count(attempt => attempt.Answer is not null);
            var completed = executor.Where(outcome => outcome.Outcome == CompletedOutcome).Sum(outcome => outcome.Count);
            var all = executor.Sum(outcome => outcome.Count);
            findings.Check(completed >= answered, executor.First().Sequence, () => $"{executor.Key} counts {completed} completed, its clients {answered} answers");
            findings.Check(all <= asked.Count, executor.First().Sequence, () => $"{executor.Key} counts {all} requests, its clients {asked.Count}");
        }
    }
}
