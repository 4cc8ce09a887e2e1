using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;

namespace Fovea.GrpcTests.Calls;

public sealed class DeadlineTests : ProbeFixture
{
    private static DateTime Soon => DateTime.UtcNow.AddMilliseconds(250);

    [Fact]
    public async Task Deadline_InRequest_IsTheHandlersDeadline()
    {
        var deadline = DateTime.UtcNow.AddMinutes(3);

        await Client.UnaryAsync(new Ask(), deadline: deadline);

        Assert.InRange(Server.Log.LastContext!.Deadline, deadline.AddSeconds(-60), deadline.AddSeconds(60));
    }

    [Fact]
    public async Task Unary_HandlerHangs_EndsOnBothSides()
    {
        await FailsAsync(StatusCode.DeadlineExceeded, () => Client.UnaryAsync(new Ask { Act = "hang" }, deadline: Soon).ResponseAsync);

        await Server.Log.Left.ReachAsync(1);
        Assert.True(Server.Log.LastWasCancelled);
    }

    [Fact]
    public async Task ClientStream_HandlerWaitsForRequests_EndsOnBothSides()
    {
        using var call = Client.ClientStream(deadline: Soon);
        await call.RequestStream.WriteAsync(new Ask());

        await FailsAsync(StatusCode.DeadlineExceeded, () => call.ResponseAsync);
        await FailsAsync(StatusCode.DeadlineExceeded, () => call.RequestStream.WriteAsync(new Ask()));
        await Server.Log.Left.ReachAsync(1);
    }

    [Fact]
    public async Task ServerStream_HandlerHangsAfterMessages_EndsOnBothSides()
    {
        using var call = Client.ServerStream(new Ask { Count = 3, Act = "hang" }, deadline: Soon);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await call.ResponseStream.MoveNext(default));
        }

        await FailsAsync(StatusCode.DeadlineExceeded, () => call.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.DeadlineExceeded, call.GetStatus().StatusCode);
        await Server.Log.Left.ReachAsync(1);
    }

    [Fact]
    public async Task Duplex_BothSidesWait_EndsOnBothSides()
    {
        // The handler has to be reached before the deadline, so the connection is there and there is time for it.
        await Client.UnaryAsync(new Ask { Text = "before" });
        await Server.Log.Left.ReachAsync(1);
        using var call = Client.Duplex(deadline: DateTime.UtcNow.AddSeconds(2));

        await FailsAsync(StatusCode.DeadlineExceeded, () => call.ResponseStream.MoveNext(default));
        await Server.Log.Left.ReachAsync(2);
    }

    [Fact]
    public async Task Unary_DeafHandler_ClientIsToldAndLateReturnIsHarmless()
    {
        await FailsAsync(StatusCode.DeadlineExceeded, () => Client.UnaryAsync(new Ask { Act = "hang-deaf" }, deadline: Soon).ResponseAsync);

        Server.Log.Release();
        await Server.Log.Left.ReachAsync(1);
        Assert.Equal("after", (await Client.UnaryAsync(new Ask { Text = "after" })).Text);
    }

    [Fact]
    public async Task PastDeadline_Call_FailsWithoutReachingTheServer()
    {
        await FailsAsync(
            StatusCode.DeadlineExceeded, () => Client.UnaryAsync(new Ask(), deadline: DateTime.UtcNow.AddSeconds(-1)).ResponseAsync);
        using var stream = Client.Duplex(deadline: DateTime.MinValue);
        await FailsAsync(StatusCode.DeadlineExceeded, () => stream.ResponseStream.MoveNext(default));
        await FailsAsync(StatusCode.DeadlineExceeded, () => stream.RequestStream.WriteAsync(new Ask()));

        Assert.Equal(0, Server.Log.Entered.Count);
    }

    [Fact]
    public async Task FarDeadline_BeyondTimers_IsAccepted()
    {
        var answer = await Client.UnaryAsync(new Ask { Text = "far" }, deadline: DateTime.SpecifyKind(new DateTime(9000, 1, 1), DateTimeKind.Utc));

        Assert.Equal("far", answer.Text);
    }

    [Fact]
    public void LocalDeadline_IsRefused() => Assert.Throws<InvalidOperationException>(
        () => Client.UnaryAsync(new Ask(), deadline: new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Local)));

    [Fact]
    public async Task PropagationToken_ShorterParentDeadline_BindsTheChild()
    {
        await Client.UnaryAsync(new Ask(), deadline: DateTime.UtcNow.AddSeconds(90));
        var parent = Server.Log.LastContext!;
        var options = new CallOptions(propagationToken: parent.CreatePropagationToken(new ContextPropagationOptions(true, false)));

        await Client.UnaryAsync(new Ask(), options);

        Assert.InRange(Server.Log.LastContext!.Deadline, parent.Deadline.AddSeconds(-30), parent.Deadline.AddSeconds(30));
    }
}
