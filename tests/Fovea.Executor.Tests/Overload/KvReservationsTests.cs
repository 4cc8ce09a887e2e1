using Fovea.Executor.Intake;
using Fovea.Executor.Overload;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Tests.Overload;

public sealed class KvReservationsTests
{
    private readonly KvReservations _kv = Of(100);

    [Fact]
    public async Task ReserveAsync_Fits_IsGivenAtOnce()
    {
        using var held = await ReserveAsync(60);

        Assert.Equal((60, 0), (_kv.UsedBytes, _kv.Waiting));
    }

    [Fact]
    public async Task ReserveAsync_DoesNotFit_WaitsForMemoryInsteadOfFailing()
    {
        var first = await ReserveAsync(60);
        var second = ReserveAsync(50).AsTask();
        Assert.Equal((60, 1), (_kv.UsedBytes, _kv.Waiting));

        first.Dispose();
        using var held = await second.InTimeAsync();

        Assert.Equal((50, 0), (_kv.UsedBytes, _kv.Waiting));
    }

    [Fact]
    public async Task ReserveAsync_SmallBehindLarge_KeepsItsTurn()
    {
        var first = await ReserveAsync(60);
        var large = ReserveAsync(90).AsTask();
        var small = ReserveAsync(10).AsTask();
        Assert.False(small.IsCompleted);

        first.Dispose();
        using var heldLarge = await large.InTimeAsync();
        using var heldSmall = await small.InTimeAsync();

        Assert.Equal(100, _kv.UsedBytes);
    }

    [Fact]
    public async Task ReserveAsync_WaiterGone_LetsTheNextThrough()
    {
        using var first = await ReserveAsync(60);
        using var stop = new CancellationTokenSource();
        var large = ReserveAsync(90, stop.Token).AsTask();
        var small = ReserveAsync(10).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large.InTimeAsync());
        using var held = await small.InTimeAsync();
        Assert.Equal((70, 0), (_kv.UsedBytes, _kv.Waiting));
    }

    [Fact]
    public async Task ReserveAsync_MoreThanTheLimit_IsInvalidAndNamesBothNumbersAndTheOption()
    {
        var error = await Assert.ThrowsAsync<RequestRefusedException>(() => ReserveAsync(101).AsTask());

        Assert.Equal(RefusalReason.Invalid, error.Reason);
        Assert.Contains("101 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("Intake:KvLimitBytes allows 100", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReserveAsync_NoLimit_OnlyCounts()
    {
        var kv = Of(0);

        using var held = await kv.ReserveAsync(long.MaxValue / 2, CancellationToken.None);

        Assert.Equal(long.MaxValue / 2, kv.UsedBytes);
    }

    [Fact]
    public async Task Dispose_Twice_GivesBackOnce()
    {
        var first = await ReserveAsync(60);
        using var second = await ReserveAsync(30);

        first.Dispose();
        first.Dispose();

        Assert.Equal(30, _kv.UsedBytes);
    }

    [Fact]
    public async Task ReserveAsync_ManyAtRandom_NeverExceedTheLimitAndAllEnd()
    {
        var random = new Random(7);
        var most = 0L;
        _kv.Changed += () => InterlockedMax(ref most, _kv.UsedBytes);
        var sizes = Enumerable.Range(0, 400).Select(_ => random.Next(1, 101)).ToArray();

        await Task.WhenAll(sizes.Select(size => Task.Run(async () =>
        {
            using var held = await ReserveAsync(size);
            await Task.Yield();
        }))).InTimeAsync();

        Assert.InRange(most, 1, 100);
        Assert.Equal((0, 0), (_kv.UsedBytes, _kv.Waiting));
    }

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Interlocked.Read(ref most); value > seen; seen = Interlocked.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static KvReservations Of(long limit) => new(Options.Create(new IntakeOptions { KvLimitBytes = limit }));

    private ValueTask<IDisposable> ReserveAsync(long bytes, CancellationToken cancellationToken = default) =>
        _kv.ReserveAsync(bytes, cancellationToken);
}
