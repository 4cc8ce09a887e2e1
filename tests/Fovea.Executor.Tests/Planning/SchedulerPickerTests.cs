using System.Net;
using System.Net.Sockets;
using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fovea.Executor.Tests.Planning;

public sealed class SchedulerPickerTests
{
    private readonly ManualTime _time = new();
    private IPAddress[] _found = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")];
    private bool _isDown;

    [Fact]
    public async Task Next_WithinARound_IsEachOnce()
    {
        var picker = await MakeAsync();
        var order = picker.Known;

        Assert.Equal(order[0], picker.Next());
        picker.Failed(order[0]);
        Assert.Equal(order[1], picker.Next());
        picker.Failed(order[1]);
        Assert.Null(picker.Next());

        picker.BeginRound();
        Assert.Equal(order[0], picker.Next());
    }

    [Fact]
    public async Task Preferred_FailedLately_IsTheNextForAWhile()
    {
        var picker = await MakeAsync();
        var order = picker.Known;

        picker.Failed(order[0]);
        Assert.Equal(order[1], picker.Preferred);
        _time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(order[0], picker.Preferred);
    }

    [Fact]
    public async Task TakeAskedWait_Drained_IsGivenOnce()
    {
        var picker = await MakeAsync();

        picker.Drained(picker.Known[0], TimeSpan.FromSeconds(3));

        Assert.Equal(picker.Known[1], picker.Next());
        Assert.Equal(TimeSpan.FromSeconds(3), picker.TakeAskedWait());
        Assert.Null(picker.TakeAskedWait());
    }

    [Fact]
    public async Task RefreshAsync_LookUpFails_KeepsWhatWasFoundLast()
    {
        var picker = await MakeAsync();
        var known = picker.Known;

        _isDown = true;
        await picker.RefreshAsync(CancellationToken.None);

        Assert.Equal(known.AsEnumerable(), picker.Known);
    }

    [Fact]
    public async Task RefreshAsync_AddressComes_IsKnown()
    {
        var picker = await MakeAsync();

        _found = [.. _found, IPAddress.Parse("10.0.0.3")];
        await picker.RefreshAsync(CancellationToken.None);

        Assert.Equal(3, picker.Known.Length);
    }

    [Fact]
    public void Of_ManyExecutors_AreSpreadEvenlyAndMoveMinimally()
    {
        const int Executors = 3000;
        SchedulerEndpoint[] three = [.. Enumerable.Range(1, 3).Select(index => new SchedulerEndpoint(new Uri($"http://10.0.0.{index}:7080"), string.Empty))];
        var first = Enumerable.Range(0, Executors).Select(index => SchedulerOrder.Of($"executor-{index}", three)[0]).ToList();
        var without = Enumerable.Range(0, Executors).Select(index => SchedulerOrder.Of($"executor-{index}", three[..2])[0]).ToList();

        Assert.All(first.CountBy(scheduler => scheduler), share => Assert.InRange(share.Value, 900, 1100));
        Assert.All(first.Zip(without).Where(pair => pair.First != three[2]), pair => Assert.Equal(pair.First, pair.Second));
    }

    private async Task<SchedulerPicker> MakeAsync()
    {
        var options = new PlanningOptions { Scheduler = "dns:///scheduler:7080" };
        var directory = new SchedulerDirectory(
            options,
            (_, _) => _isDown ? throw new SocketException((int)SocketError.HostNotFound) : Task.FromResult(_found),
            NullLogger.Instance);
        var picker = new SchedulerPicker(directory, options, _time);
        await picker.RefreshAsync(CancellationToken.None);
        return picker;
    }
}
