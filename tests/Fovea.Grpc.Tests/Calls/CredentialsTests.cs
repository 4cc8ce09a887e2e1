using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.GrpcTests.Calls;

public sealed class CredentialsTests : ProbeFixture
{
    private static readonly CallCredentials Token = CallCredentials.FromInterceptor((context, metadata) =>
    {
        metadata.Add("authorization", $"Bearer for {context.MethodName} of {new Uri(context.ServiceUrl).AbsolutePath}");
        return Task.CompletedTask;
    });

    [Fact]
    public async Task CallCredentials_OnPlaintext_AreNotSent()
    {
        await Client.UnaryAsync(new Ask(), new CallOptions(credentials: Token));

        Assert.Null(Server.Log.LastContext!.RequestHeaders.Get("authorization"));
    }

    [Fact]
    public async Task CallCredentials_OnPlaintextMadeUnsafe_AreSentFromChannelAndCall()
    {
        var other = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("second", "yes");
            return Task.CompletedTask;
        });
        using var channel = Server.Channel(options =>
        {
            options.Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, Token);
            options.UnsafeUseInsecureChannelCallCredentials = true;
        });

        await new Probe.ProbeClient(channel).UnaryAsync(new Ask(), new CallOptions(credentials: CallCredentials.Compose(other, other)));

        var headers = Server.Log.LastContext!.RequestHeaders;
        Assert.Equal("Bearer for Unary of /fovea.probe.Probe", headers.GetValue("authorization"));
        Assert.Equal("yes, yes", headers.GetValue("second"));
    }

    [Fact]
    public async Task CallCredentials_ThatFail_EndTheCallUnauthenticated()
    {
        using var channel = Server.Channel(options => options.UnsafeUseInsecureChannelCallCredentials = true);
        var broken = CallCredentials.FromInterceptor((_, _) => throw new InvalidOperationException("no token"));

        await FailsAsync(
            StatusCode.Unauthenticated,
            () => new Probe.ProbeClient(channel).UnaryAsync(new Ask(), new CallOptions(credentials: broken)).ResponseAsync);
    }

    [Fact]
    public void ForAddress_SchemeAgainstCredentials_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            "http://localhost", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));
        Assert.Throws<InvalidOperationException>(() => GrpcChannel.ForAddress(
            "https://localhost", new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure }));
        Assert.Throws<ArgumentException>(() => GrpcChannel.ForAddress("ftp://localhost"));
    }
}
