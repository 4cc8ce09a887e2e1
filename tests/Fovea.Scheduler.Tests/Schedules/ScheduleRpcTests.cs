using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Schedules;

public sealed class ScheduleRpcTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync() => _scheduler = await TestScheduler.StartAsync();

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Fact]
    public async Task PutSchedule_Twice_IsOneScheduleAndOneRevision()
    {
        var first = await PutAsync(TestPolicies.Rates(32, 0.5));
        var again = await PutAsync(TestPolicies.Rates(32, 0.5));

        Assert.Equal(first, again);
        Assert.Equal(2, first.Revision);
        Assert.Equal(2, (await _scheduler.Schedules.ListSchedulesAsync(new ListSchedulesRequest())).Revision);
        Assert.Equal(first, await _scheduler.Schedules.GetScheduleAsync(new GetScheduleRequest { Id = first.Id }));
    }

    [Fact]
    public async Task PutSchedule_OtherContent_HasAnotherId()
    {
        Schedule[] schedules =
        [
            TestPolicies.Rates(32, 0.5),
            TestPolicies.Rates(32, 0.25),
            TestPolicies.Rates(32, 0.5, TestModels.Llava),
            new Schedule { Model = "*", Spec = "fastv:K=2,R=0.5" },
            new Schedule { Model = "*", Spec = "fastv:K=3,R=0.5" },
            new Schedule { Model = TestModels.Llava, Spec = "fastv:K=3,R=0.5" },
        ];
        var ids = new HashSet<string>();
        foreach (var schedule in schedules)
        {
            ids.Add((await PutAsync(schedule)).Id);
        }

        Assert.Equal(schedules.Length, ids.Count);
    }

    [Fact]
    public async Task PutSchedule_SpecInAnotherSpelling_IsTheSameSchedule()
    {
        var first = await PutAsync(new Schedule { Spec = "fastv:K=2,R=0.5" });
        var again = await PutAsync(new Schedule { Spec = "fastv: R=0.50, K=2" });

        Assert.Equal(first.Id, again.Id);
        Assert.Equal("fastv:K=2,R=0.5", again.Spec);
    }

    [Fact]
    public async Task PutSchedule_Provenance_IsKeptOfTheFirstPutAndNotSentToExecutors()
    {
        await using var executor = await FeedClient.OpenAsync(_scheduler, "e1");
        await executor.AckAsync(executor.First);
        var found = TestPolicies.Rates(32, 0.5);
        found.Provenance = new ScheduleProvenance { SearchId = "search-1", Metric = "accuracy", Scorer = Scorer.Last, MetricFull = 0.75, Trials = 12 };
        var other = TestPolicies.Rates(32, 0.5);
        other.Provenance = new ScheduleProvenance { SearchId = "search-2" };

        var first = await PutAsync(found);
        var again = await PutAsync(other);
        var snapshot = (await executor.NextUpdateAsync()).Snapshot;

        Assert.Equal(found.Provenance, first.Provenance);
        Assert.Equal(first, again);
        Assert.Equal(first, Assert.Single((await _scheduler.Schedules.ListSchedulesAsync(new ListSchedulesRequest())).Schedules));
        Assert.Equal((await PutAsync(TestPolicies.Rates(32, 0.5))).Id, first.Id);
        Assert.Null(Assert.Single(snapshot.Schedules).Provenance);
    }

    [Fact]
    public async Task PutSchedule_FaultyProvenance_NamesEachField()
    {
        var schedule = TestPolicies.Rates(32, 0.5);
        schedule.Provenance = new ScheduleProvenance { SearchId = "a\nb", Tolerance = double.NaN, Trials = -1, Scorer = (Scorer)99 };

        var exception = await Assert.ThrowsAsync<RpcException>(() => PutAsync(schedule));

        string[] expected = ["provenance.searchId", "provenance.tolerance", "provenance.trials", "provenance.scorer"];
        Assert.Equal(expected, RpcFaults.Read(exception).Select(fault => fault.Field));
    }

    [Fact]
    public async Task ListSchedules_OfAModel_LeavesOthersOut()
    {
        var wanted = await PutAsync(TestPolicies.Rates(32, 0.5, TestModels.Llava));
        await PutAsync(TestPolicies.Rates(32, 0.5));

        var listed = await _scheduler.Schedules.ListSchedulesAsync(new ListSchedulesRequest { Model = TestModels.Llava });

        Assert.Equal([wanted], listed.Schedules);
    }

    [Theory]
    [InlineData(new[] { 1.0, 0.5, 0.75 }, "rates[2]", "exceeds")]
    [InlineData(new[] { 1.0, 1.5 }, "rates[1]", "outside 0..1")]
    [InlineData(new[] { 1.0, -0.5 }, "rates[1]", "outside 0..1")]
    [InlineData(new[] { 1.0, double.NaN }, "rates[1]", "NaN")]
    [InlineData(new[] { 1.0, double.PositiveInfinity }, "rates[1]", "outside 0..1")]
    [InlineData(new[] { 0.5, 0.5 }, "rates[0]", "must be 1")]
    public async Task PutSchedule_BadRates_NamesTheLayer(double[] rates, string field, string said)
    {
        var schedule = new Schedule { Model = "*" };
        schedule.Rates.AddRange(rates);

        var exception = await RefusedAsync(schedule);

        Assert.Contains(RpcFaults.Read(exception), fault => fault.Field == field && fault.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PutSchedule_WrongLengthForAKnownModel_IsInvalid()
    {
        await _scheduler.AnnounceAsync(TestModels.LlavaProfile());

        var exception = await RefusedAsync(TestPolicies.Rates(24, 0.5, TestModels.Llava));

        Assert.Contains("24 rates given, but 'llava-1.5-7b' has 32 layers", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutSchedule_Faulty_NamesEveryFault()
    {
        var schedule = new Schedule { Id = "s-0000000000000000", Model = "no good", Floor = -1 };
        schedule.Rates.AddRange([1, 2, 3]);

        var exception = await RefusedAsync(schedule);

        var fields = RpcFaults.Read(exception).Select(fault => fault.Field).ToList();
        Assert.Equal(["floor", "model", "rates[1]", "rates[2]"], fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task PutSchedule_ForeignId_IsInvalid()
    {
        var schedule = TestPolicies.Rates(32, 0.5);
        schedule.Id = "s-0000000000000000";

        Assert.Contains("is not the digest of the content", (await RefusedAsync(schedule)).Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutSchedule_NothingOrBoth_IsInvalid()
    {
        var both = TestPolicies.Rates(32, 0.5);
        both.Spec = "full";

        Assert.Contains("not both", (await RefusedAsync(both)).Status.Detail, StringComparison.Ordinal);
        Assert.Contains("either rates or a spec", (await RefusedAsync(new Schedule())).Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteSchedule_InUse_NamesThePolicies()
    {
        var schedule = await PutAsync(TestPolicies.Rates(32, 0.5));
        await _scheduler.ApplyAsync(TestPolicies.BySchedule("a", schedule.Id));
        await _scheduler.ApplyAsync(TestPolicies.BySchedule("b", schedule.Id));

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await DeleteAsync(schedule.Id));

        Assert.Equal(StatusCode.FailedPrecondition, exception.StatusCode);
        Assert.Contains("'a', 'b'", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteSchedule_Unused_IsGone()
    {
        var schedule = await PutAsync(TestPolicies.Rates(32, 0.5));

        Assert.Equal(3, (await DeleteAsync(schedule.Id)).Revision);

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await DeleteAsync(schedule.Id));
        Assert.Equal(StatusCode.NotFound, exception.StatusCode);
    }

    [Fact]
    public async Task PutSchedule_SnapshotWouldGrowTooLarge_IsRefused()
    {
        await using var small = await TestScheduler.StartAsync("--Store:MaxSnapshotBytes=1024");
        await small.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = TestPolicies.Rates(32, 0.5) });
        await small.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = TestPolicies.Rates(32, 0.25) });

        var exception = await Assert.ThrowsAsync<RpcException>(
            async () => await small.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = TestPolicies.Rates(100, 0.125) }));

        Assert.Equal(StatusCode.ResourceExhausted, exception.StatusCode);
        Assert.Contains("Store:MaxSnapshotBytes", exception.Status.Detail, StringComparison.Ordinal);
    }

    private async Task<Schedule> PutAsync(Schedule schedule) =>
        await _scheduler.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = schedule });

    private async Task<DeleteScheduleResponse> DeleteAsync(string id) =>
        await _scheduler.Schedules.DeleteScheduleAsync(new DeleteScheduleRequest { Id = id });

    private async Task<RpcException> RefusedAsync(Schedule schedule)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => PutAsync(schedule));
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        return exception;
    }
}
