using Fovea.Contracts.V1;
using Fovea.Scheduler.Policies;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Policies;

public sealed class PolicyRpcTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task ApplyPolicy_New_IsStoredWithTheNextRevision()
    {
        var response = await _scheduler.Policies.ApplyPolicyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a") });

        Assert.True(response.Changed);
        Assert.Null(response.Previous);
        Assert.Equal(2, response.Policy.Revision);
        Assert.Equal(response.Policy, await _scheduler.Policies.GetPolicyAsync(new GetPolicyRequest { Name = "a" }));
    }

    [Fact]
    public async Task ApplyPolicy_DefaultsLeftAway_AreWrittenOut()
    {
        var policy = new Policy { Name = "a", Rules = { new ClassRule { RequestClass = "*", Full = true } } };

        var stored = (await _scheduler.ApplyAsync(policy)).Policy;

        Assert.Equal(("*", 1, Scorer.Instruction, PositionMode.Keep, true), (stored.Model, stored.Floor, stored.Scorer, stored.Positions, stored.AllowOverrides));
    }

    [Fact]
    public async Task ApplyPolicy_Unchanged_DoesNotRaiseTheRevision()
    {
        var first = await _scheduler.ApplyAsync(TestPolicies.Full("a"));

        var again = await _scheduler.Policies.ApplyPolicyAsync(
            new ApplyPolicyRequest { Policy = new Policy { Name = "a", Rules = { new ClassRule { RequestClass = "*", Full = true } } } });

        Assert.False(again.Changed);
        Assert.Equal(first, again.Policy);
        Assert.Equal(first.Revision, (await _scheduler.Policies.ListPoliciesAsync(new ListPoliciesRequest())).Revision);
    }

    [Fact]
    public async Task ApplyPolicy_DryRun_ReportsAndChangesNothing()
    {
        var response = await _scheduler.Policies.ApplyPolicyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a"), DryRun = true });

        Assert.True(response.Changed);
        Assert.Equal("a", response.Policy.Policy.Name);
        Assert.Equal(0, response.Policy.Revision);
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _scheduler.Policies.GetPolicyAsync(new GetPolicyRequest { Name = "a" }));
        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Theory]
    [InlineData(0L, 1L)]
    [InlineData(7L, 1L)]
    public async Task ApplyPolicy_OtherRevisionExpected_IsAbortedWithTheCurrentOne(long expected, long current)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(
            () => _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("default", 3), ExpectedRevision = expected }));

        Assert.Equal(StatusCode.Aborted, exception.StatusCode);
        Assert.Contains($"revision is {current}", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Equal($"{current}", exception.Trailers.GetValue(CurrentRevision.TrailerKey));
    }

    [Fact]
    public async Task ApplyPolicy_RevisionExpectedOfWhatDoesNotExist_IsAbortedWithZero()
    {
        var exception = await Assert.ThrowsAsync<RpcException>(
            () => _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a"), ExpectedRevision = 1 }));

        Assert.Equal((StatusCode.Aborted, "0"), (exception.StatusCode, exception.Trailers.GetValue(CurrentRevision.TrailerKey)));
    }

    [Fact]
    public async Task ApplyPolicy_ZeroExpected_CreatesOnce()
    {
        await _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a"), ExpectedRevision = 0 });

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => _scheduler.ApplyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("a", 2), ExpectedRevision = 0 }));

        Assert.Equal(StatusCode.Aborted, exception.StatusCode);
    }

    [Fact]
    public async Task ApplyPolicy_ManyWritersExpectOneRevision_ExactlyOneWins()
    {
        const int Writers = 16;
        var current = (await _scheduler.ApplyAsync(TestPolicies.Full("a", 100))).Revision;
        for (var round = 0; round < 5; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => TryApplyAsync(current, writer)));

            Assert.Single(outcomes, revision => revision is not null);
            current++;
            Assert.Equal(current, (await _scheduler.Policies.GetPolicyAsync(new GetPolicyRequest { Name = "a" })).Revision);
        }
    }

    [Fact]
    public async Task DeletePolicy_Existing_IsGoneAndRaisesTheRevision()
    {
        await _scheduler.ApplyAsync(TestPolicies.Full("a"));

        var answer = await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a", ExpectedRevision = 2 });

        Assert.Equal((3, 2), (answer.Revision, answer.Previous.Revision));
        var listed = await _scheduler.Policies.ListPoliciesAsync(new ListPoliciesRequest());
        Assert.Equal(["default"], listed.Policies.Select(stored => stored.Policy.Name));
    }

    [Fact]
    public async Task DeletePolicy_Default_KeepsEverythingUntilItComesBack()
    {
        await _scheduler.ApplyAsync(TestPolicies.BySpec("default", "uniform:r=0.5"));
        await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "default" });
        using var client = await PlanClient.OpenAsync(_scheduler);

        var without = (await client.AskAsync(PlanClient.Descriptor("r1"))).Plan;
        await _scheduler.Policies.RollbackPolicyAsync(new RollbackPolicyRequest { Name = "default" });
        var with = (await client.AskAsync(PlanClient.Descriptor("r2"))).Plan;

        Assert.Single(without.Counts.Distinct());
        Assert.Equal(2, with.Counts.Distinct().Count());
    }

    [Fact]
    public async Task DeletePolicy_DryRun_ReportsAndChangesNothing()
    {
        var stored = await _scheduler.ApplyAsync(TestPolicies.Full("a"));

        var answer = await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a", DryRun = true });

        Assert.Equal((0L, stored), (answer.Revision, answer.Previous));
        Assert.Equal(2, _scheduler.State.Revision);
    }

    [Fact]
    public async Task DeletePolicy_TwoAtOnce_OneFindsNothing()
    {
        await _scheduler.ApplyAsync(TestPolicies.Full("a"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                await _scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "a" });
                return StatusCode.OK;
            }
            catch (RpcException exception)
            {
                return exception.StatusCode;
            }
        }));

        Assert.Single(outcomes, code => code == StatusCode.OK);
        Assert.Equal(7, outcomes.Count(code => code == StatusCode.NotFound));
    }

    [Fact]
    public async Task ApplyPolicy_StoreTakesNoChanges_IsUnavailableAndPlansGoOn()
    {
        using var folder = new TempFolder();
        await using var scheduler = await TestScheduler.StartInAsync(folder.Path);
        Directory.CreateDirectory(folder["state.json.tmp"]);

        var exception = await Assert.ThrowsAsync<RpcException>(() => scheduler.ApplyAsync(TestPolicies.Full("a")));

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        using var client = await PlanClient.OpenAsync(scheduler);
        Assert.Equal(1, (await client.AskAsync(PlanClient.Descriptor())).Plan.Provenance.Revision);
    }

    [Theory]
    [InlineData("nobody", null, StatusCode.NotFound)]
    [InlineData("default", 9L, StatusCode.Aborted)]
    public async Task DeletePolicy_NotAsExpected_IsRefused(string name, long? expected, StatusCode code)
    {
        var request = new DeletePolicyRequest { Name = name };
        if (expected is { } revision)
        {
            request.ExpectedRevision = revision;
        }

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _scheduler.Policies.DeletePolicyAsync(request));

        Assert.Equal(code, exception.StatusCode);
    }

    private async Task<long?> TryApplyAsync(long expected, int writer)
    {
        try
        {
            var request = new ApplyPolicyRequest { Policy = TestPolicies.Full("a", (int)(expected * 100) + writer), ExpectedRevision = expected };
            return (await _scheduler.ApplyAsync(request)).Revision;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Aborted)
        {
            Assert.Equal($"{expected + 1}", exception.Trailers.GetValue(CurrentRevision.TrailerKey));
            return null;
        }
    }
}
