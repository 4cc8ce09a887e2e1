using Fovea.Executor.Intake;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Tests.Intake;

public sealed class AdmissionQueueTests
{
    private readonly AdmissionQueue _queue = new(Options.Create(new IntakeOptions { MaxRunning = 1, QueueLimit = 1 }));

    [Fact]
    public async Task EnterAsync_PlaceFree_RunsAtOnce()
    {
        using var place = await _queue.EnterAsync(CancellationToken.None);

        Assert.Equal((0, 1), (_queue.Waiting, _queue.Running));
    }

    [Fact]
    public async Task EnterAsync_NoPlace_WaitsForOne()
    {
        var first = await _queue.EnterAsync(CancellationToken.None);
        var second = _queue.EnterAsync(CancellationToken.None).AsTask();
        Assert.Equal((1, 1), (_queue.Waiting, _queue.Running));

        first.Dispose();
        using var place = await second.InTimeAsync();

        Assert.Equal((0, 1), (_queue.Waiting, _queue.Running));
    }

    [Fact]
    public async Task EnterAsync_QueueFull_RefusesAndNamesLimitAndOption()
    {
        using var first = await _queue.EnterAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var second = _queue.EnterAsync(stop.Token).AsTask();

        var error = await Assert.ThrowsAsync<RequestRefusedException>(() => _queue.EnterAsync(CancellationToken.None).AsTask());

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
        using var first = await _queue.EnterAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var second = _queue.EnterAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal((0, 1), (_queue.Waiting, _queue.Running));
    }

    [Fact]
    public async Task Dispose_Twice_GivesThePlaceBackOnce()
    {
        var first = await _queue.EnterAsync(CancellationToken.None);
        first.Dispose();
        first.Dispose();

        using var second = await _queue.EnterAsync(CancellationToken.None);
        Assert.Equal(1, _queue.Running);
        Assert.False(_queue.EnterAsync(CancellationToken.None).IsCompleted);
    }
}
