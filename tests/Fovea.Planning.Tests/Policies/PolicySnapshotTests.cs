using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Policies;

public sealed class PolicySnapshotTests
{
    private static readonly Policy ForAny = Samples.Policy("default", Samples.Any(new Serving.Full()));
    private static readonly Policy ForSmall = ForAny with { Model = "small" };

    [Fact]
    public void FindPolicy_ExactModel_BeatsAny()
    {
        var snapshot = Samples.Snapshot(ForAny, ForSmall);

        Assert.Same(ForSmall, snapshot.FindPolicy("default", "small"));
        Assert.Same(ForAny, snapshot.FindPolicy("default", "large"));
        Assert.Null(snapshot.FindPolicy("other", "small"));
    }

    [Fact]
    public void FindPolicy_OnlyAnotherModel_IsNull()
    {
        var snapshot = Samples.Snapshot(ForSmall);

        Assert.Null(snapshot.FindPolicy("default", "large"));
        Assert.Equal(["small"], snapshot.ModelsOf("default").ToArray());
    }

    [Fact]
    public void New_SameNameAndModel_Throws() =>
        Assert.Contains("policy 'default' is given 2 times for model '*'", Assert.Throws<ArgumentException>(() => Samples.Snapshot(ForAny, ForAny)).Message, StringComparison.Ordinal);

    [Fact]
    public void New_ScheduleTwice_CountsOnce()
    {
        var schedule = new Schedule("a", "*", new(KeepRates.Full(3), null));
        var snapshot = new PolicySnapshot("e", 1, [], [schedule, new Schedule("b", "*", new(KeepRates.Full(3), null))]);

        Assert.Same(schedule, Assert.Single(snapshot.Schedules));
        Assert.Same(schedule, snapshot.FindSchedule(schedule.Id));
        Assert.Null(snapshot.FindSchedule(ScheduleId.Parse("s-0000000000000000")));
    }
}
