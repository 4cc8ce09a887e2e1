using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;

namespace Fovea.GrpcTests.Calls;

public sealed class TortureTests : ProbeFixture
{
    private const int Workers = 32;
    private const int CallsPerWorker = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task RandomDeadlinesCancelsAndDisposals_EveryCallEndsAndTheServerIsIdleAfter()
    {
        var ended = await Task.WhenAll(Enumerable.Range(0, Workers).Select(seed => Task.Run(() => WorkAsync(new Random(seed))))).WaitAsync(Patience);

        Assert.Equal(Workers * CallsPerWorker, ended.Sum());
        await Server.Log.Left.ReachAsync(Server.Log.Entered.Count);
        using var channel = Server.Channel();
        Assert.Equal("after", (await new Probe.ProbeClient(channel).UnaryAsync(new Ask { Text = "after" })).Text);
    }

    private static Ask RandomAsk(Random random) => new()
    {
        Text = "t",
        Count = random.Next(5),
        AnswerBytes = random.Next(3) == 0 ? random.Next(200_000) : random.Next(100),
        Act = random.Next(3) == 0 ? "hang" : "",
        Status = random.Next(8) == 0 ? (int)StatusCode.Aborted : 0,
    };

    private static async Task ReadSomeAsync(IAsyncStreamReader<Answer> stream, Random random)
    {
        for (var i = random.Next(8); i > 0 && await stream.MoveNext(default); i--)
        {
        }
    }

    private async Task<int> WorkAsync(Random random)
    {
        for (var i = 0; i < CallsPerWorker; i++)
        {
            using var stop = new CancellationTokenSource();
            if (random.Next(3) == 0)
            {
                stop.CancelAfter(random.Next(30));
            }

            // Every call ends at the latest by its deadline, so that a stuck one is a fault.
            var options = new CallOptions(deadline: DateTime.UtcNow.AddMilliseconds(random.Next(100)), cancellationToken: stop.Token);
            try
            {
                await CallAsync(random, options);
            }
            catch (RpcException)
            {
            }
            catch (InvalidOperationException ex) when (ex is not ObjectDisposedException)
            {
                // A write to a call that has ended with success.
            }
        }

        return CallsPerWorker;
    }

    private Task CallAsync(Random random, CallOptions options) => random.Next(4) switch
    {
        0 => UnaryAsync(random, options),
        1 => UploadAsync(random, options),
        2 => DownloadAsync(random, options),
        _ => DuplexAsync(random, options),
    };

    private async Task UnaryAsync(Random random, CallOptions options)
    {
        var call = Client.UnaryAsync(RandomAsk(random), options);
        if (random.Next(4) == 0)
        {
            call.Dispose();
        }

        await call;
    }

    private async Task UploadAsync(Random random, CallOptions options)
    {
        using var call = Client.ClientStream(options);
        for (var i = random.Next(6); i > 0; i--)
        {
            await call.RequestStream.WriteAsync(RandomAsk(random));
        }

        if (random.Next(3) > 0)
        {
            await call.RequestStream.CompleteAsync();
            await call;
        }
    }

    private async Task DownloadAsync(Random random, CallOptions options)
    {
        using var call = Client.ServerStream(RandomAsk(random), options);
        await ReadSomeAsync(call.ResponseStream, random);
    }

    private async Task DuplexAsync(Random random, CallOptions options)
    {
        using var call = Client.Duplex(options);
        var reading = ReadSomeAsync(call.ResponseStream, new Random(random.Next()));
        try
        {
            for (var i = random.Next(6); i > 0; i--)
            {
                await call.RequestStream.WriteAsync(RandomAsk(random));
            }

            await call.RequestStream.CompleteAsync();
        }
        finally
        {
            if (random.Next(2) == 0)
            {
                call.Dispose();
            }

            await reading;
        }
    }
}
