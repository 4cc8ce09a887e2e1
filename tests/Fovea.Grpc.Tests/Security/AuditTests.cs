using System.Text.Json.Nodes;
using Fovea.Contracts.V1;
using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Audit;
using Grpc.Core;

namespace Fovea.GrpcTests.Security;

public sealed class AuditTests : IAsyncLifetime
{
    private SecureServer _server = null!;

    public async Task InitializeAsync() => _server = await SecureServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Change_Applied_TellsWhoWhatFromTo()
    {
        await Policies().ApplyPolicyAsync(
            new ApplyPolicyRequest { Policy = new Policy { Name = "default" }, Reason = "cheaper" }, SecureServer.Bearer(_server.Tokens.Token("policy.write")));

        var record = Assert.Single(Records());
        Assert.Equal(
            ("user-1", "acme", "/fovea.v1.PolicyService/ApplyPolicy", "policy/default", 6, 7, "OK", "cheaper"),
            ((string)record["subject"]!, (string)record["tenant"]!, (string)record["method"]!, (string)record["resource"]!, (int)record["from"]!, (int)record["to"]!, (string)record["result"]!, (string)record["reason"]!));
        Assert.StartsWith("ipv4:127.0.0.1:", (string)record["peer"]!, StringComparison.Ordinal);
        Assert.EndsWith("Z", (string)record["time"]!, StringComparison.Ordinal);
        Assert.Equal([record.ToJsonString()], _server.Logs.Of(AuditLog.Category).Select(line => JsonNode.Parse(line)!.ToJsonString()));
    }

    [Fact]
    public async Task Change_DryRun_HasNoRevisions()
    {
        await Policies().ApplyPolicyAsync(
            new ApplyPolicyRequest { Policy = new Policy { Name = "default" }, DryRun = true }, SecureServer.Bearer(_server.Tokens.Token("admin")));

        var record = Assert.Single(Records());
        Assert.Equal(("dry run", null, null), ((string)record["reason"]!, record["from"], record["to"]));
    }

    [Fact]
    public async Task Change_RefusedOrFailed_IsThereToo()
    {
        var reader = SecureServer.Bearer(_server.Tokens.Token("policy.read"));
        var writer = SecureServer.Bearer(_server.Tokens.Token("policy.write"));

        await Assert.ThrowsAsync<RpcException>(() => Policies().ApplyPolicyAsync(new ApplyPolicyRequest(), reader).ResponseAsync);
        await Assert.ThrowsAsync<RpcException>(() => Policies().ApplyPolicyAsync(new ApplyPolicyRequest()).ResponseAsync);
        await Assert.ThrowsAsync<RpcException>(() => Policies().RollbackPolicyAsync(new RollbackPolicyRequest { Name = "default" }, writer).ResponseAsync);

        Assert.Equal(
            [("user-1", "PermissionDenied", "role", ""), ("anonymous", "Unauthenticated", "no_credentials", ""), ("user-1", "Unimplemented", "", "policy/default")],
            Records().Select(record => ((string)record["subject"]!, (string)record["result"]!, (string)record["reason"]!, (string)record["resource"]!)));
    }

    [Fact]
    public async Task Read_Calls_AreNotAudited()
    {
        await Assert.ThrowsAsync<RpcException>(
            () => Policies().GetPolicyAsync(new GetPolicyRequest(), SecureServer.Bearer(_server.Tokens.Token("policy.read"))).ResponseAsync);

        Assert.Empty(Records());
    }

    private PolicyService.PolicyServiceClient Policies() => new(_server.Channel());

    private List<JsonNode> Records() => [.. File.ReadAllLines(_server.AuditFile).Select(line => JsonNode.Parse(line)!)];
}
