using System.Diagnostics.Metrics;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Feed;

public sealed class ConvergenceTrackerTests : IDisposable
{
    private readonly Parts _parts = new();
    private readonly MeterListener _listener = new();
    private readonly List<(string? Of, double Seconds)> _recorded = [];
    private readonly ExecutorSession _first;
    private readonly ExecutorSession _second;

    public ConvergenceTrackerTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == _parts.Meters && instrument.Name == "scheduler_plan_convergence_seconds")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, tags, _) => _recorded.Add(((string?)tags[0].Value, value)));
        _listener.Start();
        (_first, _second) = (Join("e1"), Join("e2"));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _parts.Dispose();
    }

    [Fact]
    public void Acknowledged_EachAndTheLast_AreMeasuredFromTheChange()
    {
        _parts.Convergence.Changed("e", 1);

        AcknowledgeAfter(_first, 1, seconds: 1);
        AcknowledgeAfter(_second, 1, seconds: 2);

        Assert.Equal([("each", 1.0), ("each", 3.0), ("last", 3.0)], _recorded);
    }

    [Fact]
    public void Acknowledged_ChangesThatWereOvertaken_CountFromTheOldest()
    {
        _parts.Convergence.Changed("e", 1);
        _parts.Time.Advance(TimeSpan.FromSeconds(1));
        _parts.Convergence.Changed("e", 2);
        _parts.Convergence.Left(_second);

        AcknowledgeAfter(_first, 2, seconds: 1);

        Assert.Equal([("each", 2.0), ("last", 2.0), ("last", 1.0)], _recorded);
    }

    [Fact]
    public void Acknowledged_JoinedAfterTheChange_IsNotMeasured()
    {
        _parts.Convergence.Changed("e", 1);

        AcknowledgeAfter(Join("e3"), 1, seconds: 1);

        Assert.Empty(_recorded);
    }

    [Fact]
    public void Refused_ByOne_NobodyWaitsForIt()
    {
        _parts.Convergence.Changed("e", 1);
        _parts.Convergence.Refused(_second);

        AcknowledgeAfter(_first, 1, seconds: 1);

        Assert.Equal([("each", 1.0), ("last", 1.0)], _recorded);
    }

    private ExecutorSession Join(string id)
    {
        var session = new ExecutorSession(FeedClient.Subscription(id), _parts.Time);
        _parts.Convergence.Joined(session);
        return session;
    }

    private void AcknowledgeAfter(ExecutorSession session, long revision, double seconds)
    {
        _parts.Time.Advance(TimeSpan.FromSeconds(seconds));
        var nonce = session.Push(new("e", revision, "d"), isWhole: true);
        Assert.True(session.Acknowledge(new Ack { Nonce = nonce, Epoch = "e", Revision = revision, Digest = "d" }));
        _parts.Convergence.Acknowledged(session);
    }
}
