using System.Globalization;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Functional.Tests;

/// <summary>Canaries that end by themselves, over both services as processes.</summary>
public sealed class CanaryTests : IAsyncLifetime
{
    private const int Images = 10;

    private FoveaStack _stack = null!;

    public async Task InitializeAsync() => _stack = await FoveaStack.StartAsync();

    public async Task DisposeAsync() => await _stack.DisposeAsync();

    [Fact]
    public async Task Canary_ThatKeepsOneToken_EndsByItsAgreementAndEveryRequestNamedOneVersion()
    {
        var canary = await StartAsync("uniform:r=0.004", new CanaryGuard
        {
            MinRequests = 5,
            MinAgreement = 0.95,
            ShadowShare = 1,
            MaxErrorRateAbove = 1,
            MaxTtftRatio = 1000,
        });
        var served = new List<(Provenance Named, Done Done)>();

        await Waiting.UntilAsync(
            async () =>
            {
                served.Add(await AskAsync(served.Count));
                return await FindAsync() is { Canary: null };
            },
            $"the end of the canary\n{_stack.Scheduler.Output}\n{_stack.Executor.Output}");

        var failed = (await HistoryAsync())[0];
        Assert.Equal((PolicyAction.CanaryFailed, "canary-guard"), (failed.Action, failed.Actor));
        Assert.Matches(@"^agreement 0\.\d{3} with the full model in \d+ shadow runs, at most 0\.\d{3}; min_agreement is 0\.950$", failed.Reason);
        Assert.All(served, item =>
        {
            Assert.Equal((item.Named.Epoch, item.Named.Revision), (item.Done.Epoch, item.Done.Revision));
            Assert.Equal("default", item.Named.Policy);
            Assert.Equal(item.Named.Canary, item.Done.AppliedCounts.Min() < 256);
            long[] versions = item.Named.Canary ? [canary.Canary.Revision] : [canary.Revision, failed.Revision];
            Assert.Contains(item.Named.PolicyRevision, versions);
        });
        Assert.Contains(served, item => item.Named.Canary);
        Assert.Contains(served, item => !item.Named.Canary);
        await Waiting.UntilAsync(async () => (await AskAsync(0)).Named.PolicyRevision == failed.Revision, "the revision without the canary");
        for (var number = 0; number < Images; number++)
        {
            Assert.False((await AskAsync(number)).Named.Canary);
        }
    }

    [Fact]
    public async Task Canary_ThatServesAsTheRest_GoesOn()
    {
        await StartAsync("uniform:r=1", new CanaryGuard { MinRequests = 5, MinAgreement = 0.95, ShadowShare = 1, MaxTtftRatio = 1000 });
        var ofCanary = 0;
        for (var number = 0; ofCanary < 2 * Images; number++)
        {
            ofCanary += (await AskAsync(number)).Named.Canary ? 1 : 0;
        }

        var status = new ExecutorStatus();
        await Waiting.UntilAsync(
            async () =>
            {
                status = (await _stack.Fleet.ListExecutorsAsync(new ListExecutorsRequest())).Executors.Single();
                return status.Load.Arms.Any(arm => arm.Canary && arm.ShadowRuns >= 2 * Images);
            },
            "all shadow runs");

        var arm = status.Load.Arms.Single(arm => arm.Canary);
        Assert.Equal((0L, (double)arm.ShadowRuns), (arm.Failures, arm.ShadowAgreementSum));
        Assert.NotNull((await FindAsync()).Canary);
        Assert.DoesNotContain(await HistoryAsync(), version => version.Action == PolicyAction.CanaryFailed);
    }

    [Fact]
    public async Task Canary_WhoseRulesRefuse_EndsByItsFailures()
    {
        await StartAsync("uniform:r=1", new CanaryGuard { MinRequests = 5, MaxTtftRatio = 1000 }, requestClass: "ocr");
        var (served, refused) = (0, 0);

        await Waiting.UntilAsync(
            async () =>
            {
                try
                {
                    Assert.False((await AskAsync(served++)).Named.Canary);
                }
                catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
                {
                    refused++;
                }

                return await FindAsync() is { Canary: null };
            },
            $"the end of the canary\n{_stack.Scheduler.Output}\n{_stack.Executor.Output}");

        var failed = (await HistoryAsync())[0];
        Assert.Equal((PolicyAction.CanaryFailed, "canary-guard"), (failed.Action, failed.Actor));
        Assert.Matches(@"^(\d+) of \1 requests failed .*, of the rest 0 of ", failed.Reason);
        Assert.True(refused >= 5, $"{refused} requests were refused");
    }

    private async Task<StoredPolicy> StartAsync(string spec, CanaryGuard guard, string requestClass = "*")
    {
        await _stack.ApplyAsync("uniform:r=1");
        var policy = new Policy { Name = "default", Model = "*", Rules = { new ClassRule { RequestClass = requestClass, Spec = spec } } };
        var request = new ApplyPolicyRequest { Policy = policy, CanaryShare = 0.5, Guard = guard };
        return (await _stack.ApplyAsync(request)).Policy;
    }

    private async Task<StoredPolicy> FindAsync() => await _stack.Policies.GetPolicyAsync(new GetPolicyRequest { Name = "default" });

    private async Task<IReadOnlyList<PolicyVersion>> HistoryAsync() =>
        (await _stack.Policies.GetPolicyHistoryAsync(new GetPolicyHistoryRequest { Name = "default" })).Versions;

    private async Task<(Provenance Named, Done Done)> AskAsync(int number)
    {
        var image = string.Create(CultureInfo.InvariantCulture, $"images/{number % Images:0000}.jpg");
        var events = await _stack.AnswerAsync(FoveaStack.Ask(image, "What color is the tile left of the crown?"));
        return (events[0].Admitted.Plan.Provenance, events[^1].Done);
    }
}
