using Fovea.Contracts.V1;
using Fovea.Scheduler.Hosting;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

public sealed class StoreSeedTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_NewStore_HoldsADefaultPolicyThatKeepsEverything()
    {
        await using var scheduler = await TestScheduler.StartAsync();

        var stored = await scheduler.Policies.GetPolicyAsync(new GetPolicyRequest { Name = "default" });

        Assert.Equal(1, stored.Revision);
        Assert.Equal("*", stored.Policy.Model);
        Assert.True(stored.Policy.Rules.Single().Full);
    }

    [Fact]
    public async Task Start_SeedPolicy_IsStoredOnceAndNotAgainAfterItWasReplaced()
    {
        File.WriteAllText(_folder["seed.json"], """{"name":"default","model":"*","rules":[{"requestClass":"*","spec":"fastv:K=2,R=0.5"}]}""");
        var store = _folder["store"];
        await using (var scheduler = await TestScheduler.StartInAsync(store, "--seed-policy", _folder["seed.json"]))
        {
            Assert.Equal("fastv:K=2,R=0.5", (await scheduler.Policies.GetPolicyAsync(new GetPolicyRequest { Name = "default" })).Policy.Rules.Single().Spec);
            await scheduler.Policies.DeletePolicyAsync(new DeletePolicyRequest { Name = "default" });
        }

        await using var again = await TestScheduler.StartInAsync(store, "--seed-policy", _folder["seed.json"]);
        Assert.Empty((await again.Policies.ListPoliciesAsync(new ListPoliciesRequest())).Policies);
    }

    [Fact]
    public async Task Start_BadSeedPolicy_NamesEveryFault()
    {
        File.WriteAllText(_folder["seed.json"], """{"name":"No Good","rules":[{"requestClass":"*","spec":"fastv:K=0,R=2"},{"requestClass":"count"},{"requestClass":"ocr","lossless":true}]}""");

        var exception = await Assert.ThrowsAsync<StartException>(
            () => TestScheduler.StartInAsync(_folder["store"], "--seed-policy", _folder["seed.json"]));

        Assert.Contains(exception.Faults, fault => fault.Contains("name", StringComparison.Ordinal));
        Assert.Contains(exception.Faults, fault => fault.Contains("rules[0].spec", StringComparison.Ordinal));
        Assert.Contains(exception.Faults, fault => fault.Contains("rules[1]", StringComparison.Ordinal));
        Assert.Contains(exception.Faults, fault => fault.Contains("no lossless search", StringComparison.Ordinal));
    }
}
