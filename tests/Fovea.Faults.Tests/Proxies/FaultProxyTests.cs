using System.Net.Sockets;
using Fovea.Faults.Proxies;
using Fovea.Faults.Processes;

namespace Fovea.Faults.Tests.Proxies;

public sealed class FaultProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly EchoServer _server = new();
    private readonly ManualTime _time = new();
    private FaultProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _proxy = new FaultProxy(() => _server.Port, 1, _time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task NoFault_Bytes_PassBothWaysWithTheEnd()
    {
        using var connection = await Connection.OpenAsync(_proxy.Port);

        Assert.Equal("hello", await connection.EchoAsync("hello"));
        connection.EndSending();

        Assert.Equal(string.Empty, await connection.ReadAsync(1));
    }

    [Fact]
    public async Task Partition_Bytes_ArriveOnlyAfterItHeals()
    {
        using var connection = await Connection.OpenAsync(_proxy.Port);
        await connection.EchoAsync("before");
        _proxy.Faults = ProxyFaults.Partition;

        await connection.SendAsync("during");
        var reading = connection.ReadAsync(6);
        await _time.WaitForNothingAsync();

        Assert.False(reading.IsCompleted);
        Assert.Equal(6, _server.Received);
        _proxy.Faults = ProxyFaults.None;
        Assert.Equal("during", await reading);
    }

    [Fact]
    public async Task OneWayHole_ToClient_ServerStillHears()
    {
        using var connection = await Connection.OpenAsync(_proxy.Port);
        await connection.EchoAsync("before");
        _proxy.Faults = new ProxyFaults(DirectionFault.None, DirectionFault.Hole);

        await connection.SendAsync("heard");
        await Waiting.UntilAsync(() => Task.FromResult(_server.Received == 11), Limit, "the server has heard it");
        var reading = connection.ReadAsync(5);

        Assert.False(reading.IsCompleted);
        _proxy.Faults = ProxyFaults.None;
        Assert.Equal("heard", await reading);
    }

    [Fact]
    public async Task Delay_Bytes_ArriveWhenItHasPassedInOrder()
    {
        _proxy.Faults = new ProxyFaults(new DirectionFault { Delay = TimeSpan.FromSeconds(5) }, DirectionFault.None);
        using var connection = await Connection.OpenAsync(_proxy.Port);

        await connection.SendAsync("late");
        await _time.WaitForTimerAsync();
        Assert.Equal(0, _server.Received);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("late", await connection.ReadAsync(4));
    }

    [Fact]
    public async Task Freeze_OldConnection_IsSilentWhileNewOnesWork()
    {
        using var old = await Connection.OpenAsync(_proxy.Port);
        await old.EchoAsync("before");

        _proxy.Freeze();
        await old.SendAsync("lost");
        var silent = old.ReadAsync(4);
        using var fresh = await Connection.OpenAsync(_proxy.Port);

        Assert.Equal("works", await fresh.EchoAsync("works"));
        Assert.False(silent.IsCompleted);
        Assert.Equal(11, _server.Received);
        Assert.Equal(2, _proxy.Open);
    }

    [Fact]
    public async Task Reset_OpenConnection_BreaksWithoutAnEnd()
    {
        using var connection = await Connection.OpenAsync(_proxy.Port);
        await connection.EchoAsync("before");

        _proxy.Reset();

        var error = await Assert.ThrowsAsync<SocketException>(() => connection.ReadAsync(1));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    [Fact]
    public async Task Target_NotListening_ConnectionBreaks()
    {
        await using var proxy = new FaultProxy(Ports.Free, 1, _time);
        using var connection = await Connection.OpenAsync(proxy.Port);

        await Assert.ThrowsAsync<SocketException>(() => connection.ReadAsync(1));
    }
}
