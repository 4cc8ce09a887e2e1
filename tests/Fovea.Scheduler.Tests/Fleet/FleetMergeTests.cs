using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Google.Protobuf.WellKnownTypes;

namespace Fovea.Scheduler.Tests.Fleet;

public sealed class FleetMergeTests
{
    [Fact]
    public void Of_ExecutorThatMoved_IsShownByItsNewestSession()
    {
        var before = Status("e1", started: 1, silent: 0, "a");
        var after = Status("e1", started: 2, silent: 3, "b");

        var merged = FleetMerge.Of([Status("e2", started: 9, silent: 0, "a"), before, after]);

        Assert.Equal([("e1", "b"), ("e2", "a")], merged.Select(status => (status.ExecutorId, status.Scheduler)));
    }

    [Fact]
    public void Of_OneSessionTwice_IsShownAsHeardLast()
    {
        var merged = FleetMerge.Of([Status("e1", started: 1, silent: 3, "a"), Status("e1", started: 1, silent: 1, "b")]);

        Assert.Equal("b", Assert.Single(merged).Scheduler);
    }

    private static ExecutorStatus Status(string id, long started, double silent, string scheduler) => new()
    {
        ExecutorId = id,
        SessionStarted = new Timestamp { Seconds = started },
        SilentSeconds = silent,
        Scheduler = scheduler,
        Connected = true,
    };
}
