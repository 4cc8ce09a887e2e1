using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.GrpcTests.Calls;

public sealed class StreamMisuseTests : ProbeFixture
{
    [Fact]
    public async Task Write_AfterComplete_Throws()
    {
        using var call = Client.ClientStream();
        await call.RequestStream.CompleteAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new Ask()));
    }

    [Fact]
    public async Task Read_WhileReading_Throws()
    {
        using var call = Client.Duplex();
        var first = call.ResponseStream.MoveNext(default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => call.ResponseStream.MoveNext(default));

        await call.RequestStream.CompleteAsync();
        Assert.False(await first.Soon());
    }

    [Fact]
    public async Task Write_WhileWriting_Throws()
    {
        using var call = Client.ClientStream();
        var large = new Ask { Payload = ByteString.CopyFrom(new byte[3 << 20]), Act = "hang" };
        var first = call.RequestStream.WriteAsync(large);
        await Server.Log.Entered.ReachAsync(1);

        // The handler stops reading, so a second large message waits for the window.
        await first.Soon();
        var second = call.RequestStream.WriteAsync(large);
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new Ask()));

        call.Dispose();
        await Assert.ThrowsAsync<RpcException>(() => second.Soon());
    }

    [Fact]
    public async Task SlowReader_HoldsTheServerBack()
    {
        using var call = Client.ServerStream(new Ask { Count = 1000, AnswerBytes = 64 << 10 });
        Assert.True(await call.ResponseStream.MoveNext(default));
        await MakeOtherCallsAsync();

        // Reading on shows that the server was only held.
        Assert.InRange(Server.Log.SentCount.Count, 0, 200);
        var read = 1;
        while (await call.ResponseStream.MoveNext(default))
        {
            read++;
        }

        Assert.Equal(1000, read);
    }

    [Fact]
    public async Task SlowServer_HoldsTheClientBack()
    {
        using var call = Client.ClientStream();
        var ask = new Ask { Payload = ByteString.CopyFrom(new byte[64 << 10]) };
        await call.RequestStream.WriteAsync(new Ask { Act = "hang-deaf" });
        await Server.Log.ReceivedCount.ReachAsync(1);
        var written = 0;
        var writes = Task.Run(async () =>
        {
            for (; written < 1000; written++)
            {
                await call.RequestStream.WriteAsync(ask);
            }
        });
        await MakeOtherCallsAsync();

        Assert.InRange(Volatile.Read(ref written), 0, 200);
        Server.Log.Release();
        await writes.Soon();
        await call.RequestStream.CompleteAsync();
        Assert.Equal(1000 * (64 << 10), (await call).Index);
    }

    [Fact]
    public async Task BufferHint_Messages_ArriveByTheNextFlush()
    {
        using var call = Client.ClientStream();
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        await call.RequestStream.WriteAsync(new Ask { Text = "a" });
        await call.RequestStream.WriteAsync(new Ask { Text = "b" });
        call.RequestStream.WriteOptions = null;
        await call.RequestStream.WriteAsync(new Ask { Text = "c" });
        await call.RequestStream.CompleteAsync();

        Assert.Equal("a,b,c", (await call).Text);
    }

    // Round trips on the same connection give a stream that is not held every chance to run ahead.
    private async Task MakeOtherCallsAsync()
    {
        for (var i = 0; i < 100; i++)
        {
            await Client.UnaryAsync(new Ask());
        }
    }
}
