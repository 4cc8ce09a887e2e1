using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Validators;
using Grpc.Core;
using static Fovea.Faults.Histories.HistoryEvent;

namespace Fovea.Faults.Tests.Validators;

public sealed class RequestValidatorTests
{
    [Fact]
    public void NoTear_AnswerOfAnotherRevision_IsFound() => Finds<NoTearValidator>(Done("b.0", done => done.Revision++));

    [Fact]
    public void NoTear_AnswerOfAnotherEpoch_IsFound() => Finds<NoTearValidator>(Done("b.0", done => done.Epoch = "other"));

    [Fact]
    public void NoTear_AnswerOfAnotherDigest_IsFound() => Finds<NoTearValidator>(Done("b.0", done => done.PlanDigest = GoodHistory.Plan("b.0", 4).Digest));

    [Fact]
    public void NoTear_OtherCountsApplied_IsFound() => Finds<NoTearValidator>(Done("b.0", done => done.AppliedCounts[5]++));

    [Fact]
    public void NoTear_PlanDoesNotHaveItsDigest_IsFound() => Finds<NoTearValidator>(Plan("d.0", plan => plan.Counts[^1] -= 1));

    [Theory]
    [InlineData("b", 2, 1)]
    [InlineData("c", 3, 4)]
    [InlineData("e", 5, 2)]
    public void NoTear_PlanOfAnotherRevisionUnderThisName_IsFound(string request, int named, int made)
    {
        var plan = GoodHistory.Plan($"{request}.0", made);
        plan.Provenance.Revision = named;
        var events = GoodHistory.Events();
        var at = events.FindIndex(happened => happened is Sent sent && sent.Request == request);
        events.RemoveAll(happened => happened is Sent s && s.Request == request
            || happened is HistoryEvent.Admitted a && a.Attempt == $"{request}.0" || happened is Tokens t && t.Attempt == $"{request}.0"
            || happened is Completed c && c.Attempt == $"{request}.0" || happened is Ended e && e.Request == request);
        events.InsertRange(at, GoodHistory.Request(request, plan));

        Finds<NoTearValidator>(events);
    }

    [Fact]
    public void NoTear_RevisionNobodyKnows_IsNotCompared()
    {
        var known = new NoTearValidator().Check(GoodHistory.Of(GoodHistory.Events()));
        var events = GoodHistory.Events();
        events.RemoveAll(happened => happened is Committed { Swap: "w1" } or CommitSent { Swap: "w1" or "w3" });

        var unknown = new NoTearValidator().Check(GoodHistory.Of(events));

        Assert.Empty(unknown.Violations);
        Assert.Equal(known.Checks - 1, unknown.Checks);
    }

    [Fact]
    public void NoTear_AcknowledgementLostAndNotObserved_IsComparedWithWhatMayStandThere()
    {
        var events = GoodHistory.Events();
        events.RemoveAll(happened => happened is FeedUpdate { Snapshot.Revision: 5 });
        Assert.Empty(new NoTearValidator().Check(GoodHistory.Of(events)).Violations);

        var other = GoodHistory.Plan("f.0", 2);
        other.Provenance.Revision = 5;
        events.AddRange(GoodHistory.Request("f", other));

        Assert.Single(new NoTearValidator().Check(GoodHistory.Of(events)).Violations);
    }

    [Fact]
    public void NoRegression_LaterRequestOlderRevision_IsFound() =>
        Finds<NoRegressionValidator>([.. GoodHistory.Events(), .. GoodHistory.Request("f", 4)]);

    [Fact]
    public void NoRegression_LaterRequestWithoutASnapshot_IsFound()
    {
        var plan = GoodHistory.Plan("f.0", 4);
        plan.Provenance = new Provenance();

        Finds<NoRegressionValidator>([.. GoodHistory.Events(), .. GoodHistory.Request("f", plan)]);
    }

    [Fact]
    public void NoRegression_OverlappingRequests_HaveNoOrder()
    {
        var older = GoodHistory.Request("f", 4).ToList();
        var events = GoodHistory.Events();
        var at = events.FindIndex(happened => happened is Sent { Request: "e" });
        events.Insert(at, older[0]);
        events.AddRange(older[1..]);

        Assert.Empty(new NoRegressionValidator().Check(GoodHistory.Of(events)).Violations);
    }

    [Fact]
    public void NoRegression_AppliedGetsOlder_IsFound() =>
        Finds<NoRegressionValidator>([.. GoodHistory.Events(), new Applied("e1", GoodHistory.Epoch, 4, "stale")]);

    [Fact]
    public void ExactApplied_SchedulerSaysAnotherRevision_IsFound() => Finds<ExactAppliedValidator>(GoodHistory.Events()
        .Replace<FinalFleet>(fleet => fleet.Status.ExecutorId == "e1", fleet => fleet with { Status = new(fleet.Status) { AppliedRevision = 4 } }));

    [Fact]
    public void ExactApplied_OtherDigest_IsFound() => Finds<ExactAppliedValidator>(GoodHistory.Events()
        .Replace<FinalFleet>(fleet => fleet.Status.ExecutorId == "o1", fleet => fleet with { Status = new(fleet.Status) { AppliedDigest = "d4" } }));

    [Fact]
    public void ExactApplied_ExecutorNotListed_IsFound() => Finds<ExactAppliedValidator>(GoodHistory.Events().Remove<FinalFleet>(fleet => fleet.Status.ExecutorId == "o2"));

    [Fact]
    public void ExactApplied_ListedAsGone_IsFound() => Finds<ExactAppliedValidator>(GoodHistory.Events()
        .Replace<FinalFleet>(fleet => fleet.Status.ExecutorId == "e1", fleet => fleet with { Status = new(fleet.Status) { Connected = false } }));

    [Fact]
    public void OneOutcome_NoEnd_IsFound() => Finds<OneOutcomeValidator>(GoodHistory.Events().Remove<Completed>(done => done.Attempt == "b.0"));

    [Fact]
    public void OneOutcome_AnswerAndFailure_IsFound() =>
        Finds<OneOutcomeValidator>([.. GoodHistory.Events(), new Failed("b.0", StatusCode.Unavailable, "gone")]);

    [Fact]
    public void OneOutcome_AnsweredTwice_IsFound() => Finds<OneOutcomeValidator>([.. GoodHistory.Events(), .. Again("b")]);

    [Fact]
    public void OneOutcome_AnswerWithoutAdmission_IsFound() =>
        Finds<OneOutcomeValidator>(GoodHistory.Events().Remove<HistoryEvent.Admitted>(admitted => admitted.Attempt == "b.0"));

    [Fact]
    public void OneOutcome_TokensLost_IsFound() => Finds<OneOutcomeValidator>(GoodHistory.Events().Remove<Tokens>(tokens => tokens.Attempt == "b.0"));

    [Fact]
    public void OneOutcome_RequestWithoutAnEnd_IsFound() => Finds<OneOutcomeValidator>(GoodHistory.Events().Remove<Ended>(ended => ended.Request == "b"));

    [Fact]
    public void OneOutcome_GivenUpThoughAnswered_IsFound() =>
        Finds<OneOutcomeValidator>(GoodHistory.Events().Replace<Ended>(ended => ended.Request == "b", ended => ended with { IsAnswered = false }));

    [Theory]
    [InlineData("completed", 3)]
    [InlineData("cancelled", 5)]
    public void OneOutcome_ExecutorCountsOtherwise_IsFound(string outcome, long count) =>
        Finds<OneOutcomeValidator>(GoodHistory.Events().Replace<FinalOutcome>(final => final.Outcome == outcome, final => final with { Count = count }));

    private static void Finds<T>(List<HistoryEvent> events)
        where T : IValidator, new() => Assert.NotEmpty(new T().Check(GoodHistory.Of(events)).Violations);

    private static List<HistoryEvent> Done(string attempt, Action<Done> change) => GoodHistory.Events().Replace<Completed>(
        done => done.Attempt == attempt,
        done =>
        {
            var message = done.Message.Clone();
            change(message);
            return done with { Message = message };
        });

    private static List<HistoryEvent> Plan(string attempt, Action<KeepPlan> change) => GoodHistory.Events().Replace<HistoryEvent.Admitted>(
        admitted => admitted.Attempt == attempt,
        admitted =>
        {
            var message = admitted.Message.Clone();
            change(message.Plan);
            return admitted with { Message = message };
        });

    /// <summary>A second attempt of a request that is answered, too.</summary>
    private static IEnumerable<HistoryEvent> Again(string request) => GoodHistory.Request("x", 5)
        .Where(happened => happened is not Ended)
        .Select(happened => happened is Sent sent ? sent with { Request = request } : happened);
}
