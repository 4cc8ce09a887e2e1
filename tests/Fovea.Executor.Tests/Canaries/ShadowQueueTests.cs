using System.Diagnostics.Metrics;
using Fovea.Executor.Canaries;
using Fovea.Executor.Decode;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Tests.Canaries;

public sealed class ShadowQueueTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ResultCounts _counts;

    public ShadowQueueTests() => _counts = new ResultCounts(_services.GetRequiredService<IMeterFactory>());

    public void Dispose()
    {
        _counts.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Offer_MoreThanAllowed_DropsTheOldestAndCountsIt()
    {
        using var queue = Open(new CanaryOptions { MaxShadows = 2 });

        Array.ForEach(["a", "b", "c", "d"], id => queue.Offer(Job(id, 10)));

        Assert.Equal(2, queue.Count);
        Assert.Equal(["c", "d"], [await NextAsync(queue), await NextAsync(queue)]);
        Assert.Equal(2, _counts.Of(ShadowResults.Dropped));
    }

    [Fact]
    public async Task Offer_MoreBytesThanAllowed_DropsTheOldestAndCountsIt()
    {
        using var queue = Open(new CanaryOptions { MaxShadowBytes = 100 });

        Array.ForEach(["a", "b", "c"], id => queue.Offer(Job(id, 40)));
        Assert.Equal("b", await NextAsync(queue));
        queue.Offer(Job("d", 60));
        Assert.Equal("c", await NextAsync(queue));
        queue.Offer(Job("e", 101));

        Assert.Equal(0, queue.Count);
        Assert.Equal(3, _counts.Of(ShadowResults.Dropped));
    }

    [Fact]
    public async Task Take_Empty_WaitsForTheNext()
    {
        using var queue = Open(new CanaryOptions());
        var taking = queue.TakeAsync(CancellationToken.None);
        Assert.False(taking.IsCompleted);

        queue.Offer(Job("a", 1));

        Assert.Equal("a", (await taking.InTimeAsync()).Served.Request.RequestId);
    }

    private static async Task<string> NextAsync(ShadowQueue queue) =>
        (await queue.TakeAsync(CancellationToken.None).InTimeAsync()).Served.Request.RequestId;

    private static ShadowJob Job(string id, int bytes)
    {
        var request = new AcceptedRequest
        {
            RequestId = id,
            Tenant = string.Empty,
            RequestClass = string.Empty,
            Images = [new ImageFile("image", new byte[bytes])],
            Prompt = new ModelPrompt([]),
            Sampling = new SamplingOptions(),
            IgnoreEos = false,
            Plan = null,
            ReportKept = false,
            RefuseStale = false,
        };
        return new ShadowJob(new ServedAnswer(request, null!, null!, [], FinishReason.Length), new ArmKey("default", 7, IsCanary: true));
    }

    private ShadowQueue Open(CanaryOptions options) => new(Options.Create(options), new ShadowMetrics(_services.GetRequiredService<IMeterFactory>()));
}
