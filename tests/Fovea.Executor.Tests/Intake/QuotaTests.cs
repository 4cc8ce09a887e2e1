using Fovea.Executor.Tests.Doubles;
using Grpc.Core;

namespace Fovea.Executor.Tests.Intake;

public sealed class QuotaTests
{
    [Fact]
    public async Task Generate_QuotaOfVisionTokensUsedUp_IsResourceExhaustedForThatTenantAlone()
    {
        await using var executor = await TestExecutor.StartAsync(new() { ["Quotas:VisionTokensPerSecond"] = "0.01", ["Quotas:VisionTokenBurst"] = "1" });
        var acme = new CallOptions(new Metadata { { "fovea-tenant", "acme" } });
        using var first = executor.Client.Generate(Requests.Ask(), acme);
        await first.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync();

        var error = await executor.RefusedAsync(Requests.Ask(), acme);

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Contains("Quotas:VisionTokensPerSecond", error.Status.Detail, StringComparison.Ordinal);
        Assert.NotNull(error.Trailers.GetValue("grpc-retry-pushback-ms"));
        using var other = executor.Client.Generate(Requests.Ask(), new Metadata { { "fovea-tenant", "other" } });
        Assert.True(await other.ResponseStream.MoveNext(CancellationToken.None).InTimeAsync());
    }
}
