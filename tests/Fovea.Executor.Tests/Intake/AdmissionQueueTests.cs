using Fovea.Executor.Intake;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Tests.Intake;

public sealed class AdmissionQueueTests
{
    private readonly ManualTime _time = new();
    private readonly AdmissionQueue _queue;

    public AdmissionQueueTests() => _queue = Of(new IntakeOptions { MaxRunning = 1, QueueLimit = 1 });

    [Fact]
    public async Task EnterAsync_PlaceFree_RunsAtOnce()
    {
        using var place = await EnterAsync();

        Assert.Equal((0, 1), (_queue.Waiting, _queue.Running));
    }

    [Fact]
    public async Task EnterAsync_NoPlace_WaitsForOne()
    {
        var first = await EnterAsync();
        var second = EnterAsync().AsTask();
        Assert.Equal((1, 1), (_queue.Waiting, _queue.Running));

        first.Dispose();
        using var place = await second.InTimeAsync();

        Assert.Equal((0, 1), (_queue.Waiting, _queue.Running));
    }

    [Fact]
    public async Task EnterAsync_QueueFull_RefusesAndNamesLimitAndOption()
    {
        using var first = await EnterAsync();
        using var stop = new CancellationTokenSource();
        var second = EnterAsync(stop.Token).AsTask();

        var error = await Assert.ThrowsAsync<RequestRefusedException>(() => EnterAsync().AsTask());

        Assert.Equal(RefusalReason.QueueFull, error.Reason);
        Assert.Contains("Intake:QueueLimit", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), error.RetryAfter);
        Assert.Equal(1, _queue.Waiting);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_LeavesTheQueue()
    {
        using var first = await EnterAsync();
        using var stop = new CancellationTokenSource();
        var second = EnterAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal((0, 1), (_queue.Waiting, _queue.Running));
    }

    [Fact]
    public async Task Dispose_Twice_GivesThePlaceBackOnce()
    {
        var first = await EnterAsync();
        first.Dispose();
        first.Dispose();

        using var second = await EnterAsync();
        Assert.Equal(1, _queue.Running);
        Assert.False(EnterAsync().IsCompleted);
    }

    [Fact]
    public async Task EnterAsync_QueueFull_PushBackGrowsWithTheQueueUpToItsBound()
    {
        var hints = new List<TimeSpan>();
        foreach (var limit in new[] { 0, 1, 4, 1000 })
        {
            var queue = Of(new IntakeOptions { MaxRunning = 2, QueueLimit = limit });
            await ServeAsync(queue, TimeSpan.FromSeconds(4));
            using var first = await queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);
            using var second = await queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);
            using var stop = new CancellationTokenSource();
            var waiting = Enumerable.Range(0, limit).Select(_ => queue.EnterAsync(DateTime.MaxValue, stop.Token).AsTask()).ToList();

            var error = await Assert.ThrowsAsync<RequestRefusedException>(() => queue.EnterAsync(DateTime.MaxValue, CancellationToken.None).AsTask());

            hints.Add(error.RetryAfter!.Value);
            await stop.CancelAsync();
            foreach (var task in waiting)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.InTimeAsync());
            }
        }

        // Two places at 4 s each: one is free every 2 s.
        Assert.Equal([2, 4, 10, 30], hints.Select(hint => hint.TotalSeconds));
    }

    [Fact]
    public async Task EnterAsync_AnswerExpectedAfterTheDeadline_IsRefusedAtOnceWithTheEstimate()
    {
        var queue = Of(new IntakeOptions { MaxRunning = 1, QueueLimit = 10 });
        await ServeAsync(queue, TimeSpan.FromSeconds(3));
        using var first = await queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);

        var error = await Assert.ThrowsAsync<RequestRefusedException>(() => queue.EnterAsync(In(5), CancellationToken.None).AsTask());
        var patient = queue.EnterAsync(In(7), CancellationToken.None).AsTask();

        Assert.Equal(RefusalReason.Late, error.Reason);
        Assert.Contains("3.00 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("5.00 s", error.Message, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(3), error.RetryAfter);
        Assert.False(patient.IsCompleted);
        first.Dispose();
        using var second = await patient.InTimeAsync();
    }

    [Fact]
    public async Task EnterAsync_PlaceFree_IsNeverRefusedForItsDeadline()
    {
        var queue = Of(new IntakeOptions { MaxRunning = 1 });
        await ServeAsync(queue, TimeSpan.FromSeconds(100));

        using var place = await queue.EnterAsync(In(1), CancellationToken.None);

        Assert.Equal(1, queue.Running);
    }

    [Fact]
    public async Task EnterAsync_DeadlinePassedInTheQueue_NeverRuns()
    {
        var first = await EnterAsync();
        var second = _queue.EnterAsync(In(5), CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(6));

        first.Dispose();

        await Assert.ThrowsAsync<OperationCanceledException>(() => second.InTimeAsync());
        Assert.Equal((0, 0), (_queue.Waiting, _queue.Running));
        using var third = await EnterAsync();
    }

    [Fact]
    public async Task EnterAsync_WaitTookTheTimeOfTheAnswer_IsRefusedAndThePlaceGoesOn()
    {
        var queue = Of(new IntakeOptions { MaxRunning = 1, QueueLimit = 10 });
        await ServeAsync(queue, TimeSpan.FromSeconds(3));
        var first = await queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);
        var late = queue.EnterAsync(In(7), CancellationToken.None).AsTask();
        var patient = queue.EnterAsync(In(60), CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(5));

        first.Dispose();

        var error = await Assert.ThrowsAsync<RequestRefusedException>(() => late.InTimeAsync());
        Assert.Equal(RefusalReason.Late, error.Reason);
        Assert.Contains("the deadline is in 2.00 s", error.Message, StringComparison.Ordinal);
        using var place = await patient.InTimeAsync();
        Assert.Equal((0, 1), (queue.Waiting, queue.Running));
    }

    [Fact]
    public async Task Changed_EveryStep_IsRaised()
    {
        var seen = new List<(int Waiting, int Running)>();
        _queue.Changed += () => seen.Add((_queue.Waiting, _queue.Running));

        var first = await EnterAsync();
        var second = EnterAsync().AsTask();
        first.Dispose();
        (await second.InTimeAsync()).Dispose();

        Assert.Equal((0, 1), seen[0]);
        Assert.Contains((1, 1), seen);
        Assert.Equal((0, 0), seen[^1]);
    }

    private async Task ServeAsync(AdmissionQueue queue, TimeSpan service)
    {
        using var place = await queue.EnterAsync(DateTime.MaxValue, CancellationToken.None);
        _time.Advance(service);
        place.Served();
    }

    private AdmissionQueue Of(IntakeOptions options) => new(Options.Create(options), _time);

    private DateTime In(double seconds) => _time.GetUtcNow().UtcDateTime.AddSeconds(seconds);

    private ValueTask<AdmissionPlace> EnterAsync(CancellationToken cancellationToken = default) =>
        _queue.EnterAsync(DateTime.MaxValue, cancellationToken);
}
