using Fovea.Contracts.V1;
using Fovea.GrpcTests.Support;
using Grpc.Core;

namespace Fovea.GrpcTests.Security;

public sealed class ExecutorIdTests : IAsyncLifetime
{
    private SecureServer _server = null!;

    public async Task InitializeAsync() => _server = await SecureServer.StartAsync(new() { ["Security:BindExecutorId"] = "true" });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("executor-client", true)]
    [InlineData("executor-7.fovea.test", true)]
    [InlineData("executor-other", false)]
    [InlineData("", false)]
    public async Task Watch_Id_HasToBeANameOfTheCertificate(string id, bool allowed)
    {
        var pair = _server.Authority.Issue("executor-client", TestAuthority.ClientUse, names => names.AddDnsName("executor-7.fovea.test"));

        Assert.Equal(allowed, await IsTakenAsync(_server.Showing(pair), null, id));
    }

    [Theory]
    [InlineData("executor", "user-1", true)]
    [InlineData("executor", "user-2", false)]
    [InlineData("admin", "user-2", true)]
    public async Task Watch_Id_HasToBeTheSubjectOfTheToken(string role, string id, bool allowed) =>
        Assert.Equal(allowed, await IsTakenAsync(_server.Trusting(), SecureServer.Bearer(_server.Tokens.Token(role)), id));

    private async Task<bool> IsTakenAsync(Fovea.ServiceDefaults.Clients.ClientOptions options, Metadata? headers, string id)
    {
        using var call = new FeedService.FeedServiceClient(_server.Channel(options)).Watch(headers);
        await call.RequestStream.WriteAsync(new WatchRequest { Subscribe = new Subscribe { ExecutorId = id } });
        try
        {
            return await call.ResponseStream.MoveNext(default).Soon();
        }
        catch (RpcException exception)
        {
            Assert.Equal(StatusCode.PermissionDenied, exception.StatusCode);
            return false;
        }
    }
}
