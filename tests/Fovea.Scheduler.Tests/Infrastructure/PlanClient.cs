using Fovea.Contracts.Snapshots;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is an executor's side of a plan stream.</summary>
internal sealed class PlanClient : IDisposable
{
    private readonly AsyncDuplexStreamingCall<PlanStreamRequest, PlanStreamResponse> _call;

    private PlanClient(AsyncDuplexStreamingCall<PlanStreamRequest, PlanStreamResponse> call) => _call = call;

    public static PlanClient Connect(TestScheduler scheduler) => new(scheduler.Plans.StreamPlans());

    public static async Task<PlanClient> OpenAsync(TestScheduler scheduler, ModelProfile? model = null, string id = "e1")
    {
        var client = Connect(scheduler);
        await client.SendAsync(new PlanStreamRequest { Hello = new PlanHello { ExecutorId = id, Model = model ?? TestModels.LlavaProfile() } });
        return client;
    }

    public static PlanDescriptor Descriptor(string id = "r1", int visionTokens = 576, int textTokens = 64, SnapshotId? applied = null)
    {
        var held = applied ?? SnapshotId.None;
        return new()
        {
            RequestId = id,
            ImageTokens = { visionTokens },
            TextTokens = textTokens,
            AppliedEpoch = held.Epoch,
            AppliedRevision = held.Revision,
            AppliedDigest = held.Digest,
        };
    }

    /// <summary>Sends a message; a stream that the scheduler ended meanwhile says so when it is read.</summary>
    public async Task SendAsync(PlanStreamRequest request)
    {
        try
        {
            await _call.RequestStream.WriteAsync(request).WaitAsync(Limits.Step);
        }
        catch (RpcException)
        {
            // The refusal may be here before the write returns.
        }
    }

    public Task SendAsync(PlanDescriptor descriptor) => SendAsync(new PlanStreamRequest { Descriptor_ = descriptor });

    public Task CompleteAsync() => _call.RequestStream.CompleteAsync().WaitAsync(Limits.Step);

    public async Task<PlanStreamResponse?> NextAsync() =>
        await _call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limits.Step) ? _call.ResponseStream.Current : null;

    public async Task<PlanStreamResponse> AskAsync(PlanDescriptor descriptor)
    {
        await SendAsync(descriptor);
        return await NextAsync() ?? throw new InvalidOperationException("the stream ended");
    }

    public async Task<Status> EndAsync()
    {
        try
        {
            while (await NextAsync() is not null)
            {
            }

            return _call.GetStatus();
        }
        catch (RpcException exception)
        {
            return exception.Status;
        }
    }

    public void Dispose() => _call.Dispose();
}
