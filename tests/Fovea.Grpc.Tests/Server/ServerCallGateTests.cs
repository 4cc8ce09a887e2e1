using Fovea.GrpcTests.Support;
using Grpc.AspNetCore.Server;

namespace Fovea.GrpcTests.Server;

public sealed class ServerCallGateTests
{
    private readonly ServerCallGate _gate = new();

    [Fact]
    public void BeginWrite_WhileWriting_Throws()
    {
        Assert.True(_gate.TryBeginWrite());

        Assert.Throws<InvalidOperationException>(() => _gate.TryBeginWrite());

        _gate.EndWrite();
        Assert.True(_gate.TryBeginWrite());
    }

    [Fact]
    public async Task End_WhileWriting_WaitsForTheWriteAndHappensOnce()
    {
        _gate.TryBeginWrite();

        Assert.True(_gate.TryEnd(out var idle));
        Assert.False(_gate.TryEnd(out _));
        Assert.False(idle.IsCompleted);
        _gate.EndWrite();

        await idle.Soon();
        Assert.False(_gate.TryBeginWrite());
    }
}
