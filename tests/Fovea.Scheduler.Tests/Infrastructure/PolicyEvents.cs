using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is a watcher of policies.</summary>
internal sealed class PolicyEvents : IDisposable
{
    private readonly AsyncServerStreamingCall<PolicyEvent> _call;

    private PolicyEvents(AsyncServerStreamingCall<PolicyEvent> call) => _call = call;

    public static PolicyEvents Open(TestScheduler scheduler, string name = "", string epoch = "", long after = 0) =>
        new(scheduler.Policies.WatchPolicies(new WatchPoliciesRequest { Name = name, Epoch = epoch, AfterRevision = after }));

    public async Task<PolicyEvent> NextAsync() =>
        await _call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step)
            ? _call.ResponseStream.Current
            : throw new InvalidOperationException("the stream ended");

    /// <summary>Reads the policies as they are and returns the event that ends them.</summary>
    public async Task<PolicyEvent> PassInitialAsync()
    {
        while (true)
        {
            var next = await NextAsync();
            if (next.InitialDone)
            {
                return next;
            }
        }
    }

    /// <summary>Reads up to and including a revision.</summary>
    public async Task<List<PolicyEvent>> UntilAsync(long revision)
    {
        var events = new List<PolicyEvent>();
        do
        {
            events.Add(await NextAsync());
        }
        while (events[^1].Revision < revision);
        return events;
    }

    public async Task<RpcException> RefusalAsync() => await Assert.ThrowsAsync<RpcException>(NextAsync);

    public void Dispose() => _call.Dispose();
}
