using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>
/// NoTear: a request has one (epoch, revision, digest) from admission to its last token. Admission and answer name the same one;
/// the digest is that of the plan's content; what was applied is what the plan says; and the plan is the one that
/// <see cref="PlanDecider"/> makes from what the store held at exactly that revision.
/// </summary>
/// <remarks>Deciding once more needs the state at the revision; where the history does not tell it, the plan is not compared and not counted.</remarks>
internal sealed class NoTearValidator : IValidator
{
    /// <inheritdoc/>
    public string Guarantee => "NoTear";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new Findings(Guarantee);
        var oracle = history.Model is { } model ? new PlanOracle(history, model) : null;
        foreach (var attempt in Attempt.AllOf(history))
        {
            if (attempt.Admission is not { } admission)
            {
                continue;
            }

            var plan = admission.Message.Plan;
            findings.Check(PlanMapping.ToDomain(plan).IsValid, admission.Sequence, () => $"{attempt.Sent.Attempt}: {PlanMapping.ToDomain(plan).Faults[0]}");
            CheckAnswer(attempt, plan, findings);
            if (oracle?.DigestsOf(attempt.Sent, plan) is { Count: > 0 } digests)
            {
                findings.Check(
                    digests.Contains(plan.Digest, StringComparer.Ordinal),
                    admission.Sequence,
                    () => $"{attempt.Sent.Attempt} ran {Text(plan)} ({plan.Provenance?.Spec}), the store held {string.Join(" or ", digests.Select(Short))} there");
            }
        }

        return findings.ToVerdict();
    }

    private static void CheckAnswer(Attempt attempt, KeepPlan plan, Findings findings)
    {
        if (attempt.Answer is not { Message: var done } answer)
        {
            return;
        }

        var origin = plan.Provenance ?? new Provenance();
        findings.Check(
            (done.Epoch, done.Revision, done.PlanDigest) == (origin.Epoch, origin.Revision, plan.Digest),
            answer.Sequence,
            () => $"{attempt.Sent.Attempt} was admitted with {Text(plan)} and ended with ({done.Epoch}, {done.Revision}, {Short(done.PlanDigest)})");
        findings.Check(
            done.AppliedCounts.Equals(plan.Counts),
            answer.Sequence,
            () => $"{attempt.Sent.Attempt} applied [{string.Join(' ', done.AppliedCounts)}], its plan says [{string.Join(' ', plan.Counts)}]");
    }

    private static string Text(KeepPlan plan) => $"({plan.Provenance?.Epoch}, {plan.Provenance?.Revision}, {Short(plan.Digest)})";

    private static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;
}
