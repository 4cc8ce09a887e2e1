using Fovea.Scheduler.Feed;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Feed;

public sealed class DebouncerTests : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);

    private readonly Parts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task SettleAsync_NoFurtherChange_ReturnsAfterTheQuietTime()
    {
        var state = await _parts.PutAsync(1);
        var settling = Make().SettleAsync(state, CancellationToken.None);

        _parts.Time.Advance(Quiet - TimeSpan.FromMilliseconds(1));
        Assert.False(settling.IsCompleted);
        _parts.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Same(state, await settling.WaitAsync(Limits.Step));
    }

    [Fact]
    public async Task SettleAsync_ChangesGoOn_ReturnsTheNewestAtTheMaximum()
    {
        var settling = Make().SettleAsync(await _parts.PutAsync(1), CancellationToken.None);
        var newest = _parts.Store.Current;
        for (var change = 1; change < 20; change++)
        {
            _parts.Time.Advance(TimeSpan.FromMilliseconds(50));
            newest = await _parts.PutAsync(change + 1);
            await _parts.Time.WaitForArmsAsync(change + 1);
            Assert.False(settling.IsCompleted);
        }

        _parts.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Same(newest, await settling.WaitAsync(Limits.Step));
    }

    [Fact]
    public async Task SettleAsync_QuietIsZero_ReturnsAtOnce()
    {
        var state = await _parts.PutAsync(1);
        var debouncer = new Debouncer(_parts.Store, new FeedOptions { DebounceQuiet = TimeSpan.Zero }, _parts.Time);

        Assert.Same(state, await debouncer.SettleAsync(state, CancellationToken.None).WaitAsync(Limits.Step));
    }

    private Debouncer Make() => new(_parts.Store, new FeedOptions(), _parts.Time);
}
