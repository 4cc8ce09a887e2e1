using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;

namespace Fovea.Scheduler.Tests.Fleet;

public sealed class SyncStatesTests
{
    [Theory]
    [InlineData("e5", 7, 0, SyncState.Acked)]
    [InlineData("e5", 6, 0, SyncState.Behind)]
    [InlineData("e4", 9, 0, SyncState.Behind)]
    [InlineData("", 0, 0, SyncState.Behind)]
    [InlineData("e5", 6, 7, SyncState.Nacked)]
    [InlineData("", 0, 7, SyncState.Nacked)]
    [InlineData("e5", 5, 6, SyncState.Behind)]
    [InlineData("e5", 8, 0, SyncState.Ahead)]
    [InlineData("e6", 1, 0, SyncState.Ahead)]
    public void Of_AgainstRevisionSeven_SaysHowItStands(string epoch, long revision, long refused, SyncState expected)
    {
        var status = new ExecutorStatus { AppliedEpoch = epoch, AppliedRevision = revision, RefusedRevision = refused };

        Assert.Equal(expected, SyncStates.Of(status, "e5", 7));
    }
}
