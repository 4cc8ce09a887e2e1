using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tests.Schedules;

public sealed class ScheduleTests
{
    // The ids were computed by another program from the documented bytes.
    [Fact]
    public void Id_Golden_FollowsFromTheDocumentedBytes()
    {
        var withPolicyFloor = new Schedule("any", "demo", new(KeepRates.Create([1, 1, 0.5, 0.25]).Require(), null));
        var withOwnFloor = new Schedule("other", "*", new(KeepRates.Create([1, 0]).Require(), 0));

        Assert.Equal("s-d8f4b727307f255d", withPolicyFloor.Id.Value);
        Assert.Equal("s-f80cc5397290e528", withOwnFloor.Id.Value);
    }

    [Fact]
    public void Id_OtherNameOrOrigin_IsTheSame() =>
        Assert.Equal(Make().Id, new Schedule("b", "m", new(KeepRates.Full(3), 1), "r1", "search 7").Id);

    [Fact]
    public void Id_OtherContent_Differs()
    {
        Schedule[] others =
        [
            Make(),
            new("a", "m2", new(KeepRates.Full(3), 1), "r1"),
            new("a", "m", new(KeepRates.Full(3), 1), "r2"),
            new("a", "m", new(KeepRates.Full(3), 0), "r1"),
            new("a", "m", new(KeepRates.Full(3), null), "r1"),
            new("a", "m", new(KeepRates.Full(4), 1), "r1"),
        ];

        Assert.Equal(others.Length, others.Select(schedule => schedule.Id).Distinct().Count());
    }

    [Fact]
    public void Id_NegativeZeroRate_IsThatOfZero() =>
        Assert.Equal(
            new Schedule("a", "m", new(KeepRates.Create([1, 0.0]).Require(), 0)).Id,
            new Schedule("a", "m", new(KeepRates.Create([1, -0.0]).Require(), 0)).Id);

    [Fact]
    public void Equals_SameContent_IsTrue() => Assert.Equal(Make(), Make());

    private static Schedule Make() => new("a", "m", new(KeepRates.Full(3), 1), "r1");
}
