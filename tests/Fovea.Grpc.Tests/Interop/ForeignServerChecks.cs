using Fovea.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.GrpcTests.Interop;

/// <summary>What the own client has to get from any server of the probe service.</summary>
internal static class ForeignServerChecks
{
    public static async Task RunAsync(int port)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var client = new Probe.ProbeClient(channel);
        await CheckKindsAsync(client);
        await CheckStatusesAsync(client);
        await CheckMetadataAsync(client);
        await CheckEndsAsync(client);
        await CheckCompressionAsync(client);
    }

    private static async Task CheckKindsAsync(Probe.ProbeClient client)
    {
        Assert.Equal("hello", (await client.UnaryAsync(new Ask { Text = "hello" })).Text);
        Assert.Equal(new Answer(), await client.UnaryAsync(new Ask()));
        Assert.Equal(314_159, (await client.UnaryAsync(new Ask { Payload = Bytes(271_828), AnswerBytes = 314_159 })).Payload.Length);

        using var upload = client.ClientStream();
        foreach (var size in (int[])[27_182, 8, 1_828, 45_904])
        {
            await upload.RequestStream.WriteAsync(new Ask { Payload = Bytes(size) });
        }

        await upload.RequestStream.CompleteAsync();
        Assert.Equal(74_922, (await upload).Index);

        using var download = client.ServerStream(new Ask { Count = 40, AnswerBytes = 2_653 });
        Assert.Equal(Enumerable.Range(0, 40), (await ReadAsync(download.ResponseStream)).Select(answer => answer.Index));

        using var duplex = client.Duplex();
        for (var i = 0; i < 10; i++)
        {
            await duplex.RequestStream.WriteAsync(new Ask { Text = $"{i}" });
            Assert.True(await duplex.ResponseStream.MoveNext(default));
            Assert.Equal($"{i}", duplex.ResponseStream.Current.Text);
        }

        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext(default));
        var many = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i => (await client.UnaryAsync(new Ask { Text = $"{i}" })).Text));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), many);
    }

    private static async Task CheckStatusesAsync(Probe.ProbeClient client)
    {
        const string Detail = "\t\r\nunicode ☺ 😈 % \t";
        foreach (var code in Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK))
        {
            var failed = await FailsAsync(code, () => client.UnaryAsync(new Ask { Status = (int)code, StatusDetail = Detail }).ResponseAsync);
            Assert.Equal(Detail, failed.Status.Detail);
            Assert.Equal([8, 3, 18, 1, 120], failed.Trailers.GetValueBytes("grpc-status-details-bin"));
        }

        using var late = client.ServerStream(new Ask { Count = 2, Status = (int)StatusCode.Aborted });
        Assert.True(await late.ResponseStream.MoveNext(default));
        Assert.True(await late.ResponseStream.MoveNext(default));
        await FailsAsync(StatusCode.Aborted, () => late.ResponseStream.MoveNext(default));
    }

    private static async Task CheckMetadataAsync(Probe.ProbeClient client)
    {
        var sent = new Metadata
        {
            { "echo-text", "some text" },
            { "echo-one-bin", [0, 0xab, 0xff] },
            { "echo-empty", "" },
            { "echo-empty-bin", [] },
        };
        using var call = client.UnaryAsync(new Ask { Act = "echo-metadata" }, sent);
        var headers = await call.ResponseHeadersAsync;
        await call;
        foreach (var received in (Metadata[])[headers, call.GetTrailers()])
        {
            Assert.Equal("some text", received.GetValue("echo-text"));
            Assert.Equal("", received.GetValue("echo-empty"));
            Assert.Equal([0, 0xab, 0xff], received.GetValueBytes("echo-one-bin"));
            Assert.Equal([], received.GetValueBytes("echo-empty-bin")!);
        }
    }

    private static async Task CheckEndsAsync(Probe.ProbeClient client)
    {
        var soon = DateTime.UtcNow.AddMilliseconds(300);
        await FailsAsync(StatusCode.DeadlineExceeded, () => client.UnaryAsync(new Ask { Act = "hang" }, deadline: soon).ResponseAsync);
        using var call = client.ServerStream(new Ask { Count = 1, Act = "hang" });
        Assert.True(await call.ResponseStream.MoveNext(default));
        call.Dispose();
        await FailsAsync(StatusCode.Cancelled, () => call.ResponseStream.MoveNext(default));
        using var early = client.ClientStream();
        await early.RequestStream.WriteAsync(new Ask { Text = "early", Act = "answer-early" });
        Assert.Equal("early", (await early).Text);
        await FailsAsync(StatusCode.Unknown, () => client.UnaryAsync(new Ask { Act = "throw" }).ResponseAsync);
    }

    private static async Task CheckCompressionAsync(Probe.ProbeClient client)
    {
        var gzip = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        Assert.Equal(100_000, (await client.UnaryAsync(new Ask { Payload = Bytes(100_000) }, gzip)).Payload.Length);
        using var upload = client.ClientStream(gzip);
        await upload.RequestStream.WriteAsync(new Ask { Payload = Bytes(27_182) });
        upload.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await upload.RequestStream.WriteAsync(new Ask { Payload = Bytes(45_904) });
        await upload.RequestStream.CompleteAsync();
        Assert.Equal(73_086, (await upload).Index);
    }

    private static async Task<RpcException> FailsAsync(StatusCode code, Func<Task> call)
    {
        var failed = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(code == failed.StatusCode, failed.ToString());
        return failed;
    }

    private static async Task<List<Answer>> ReadAsync(IAsyncStreamReader<Answer> stream)
    {
        var answers = new List<Answer>();
        await foreach (var answer in stream.ReadAllAsync())
        {
            answers.Add(answer);
        }

        return answers;
    }

    private static ByteString Bytes(int count) => ByteString.CopyFrom(new byte[count]);
}
