using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Drain;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Streams every change of policies: none twice, none left out, in the order of their revisions.</summary>
/// <remarks>
/// Changes are read from history after the revision that was sent last, never taken from states, of which some are skipped. A slow
/// reader holds up only itself; one that falls behind what history keeps is told to begin anew.
/// </remarks>
internal sealed class PolicyWatch
{
    private readonly ISchedulerStore _store;
    private readonly DrainSignal _drain;

    /// <summary>Makes the part.</summary>
    public PolicyWatch(ISchedulerStore store, DrainSignal drain) => (_store, _drain) = (store, drain);

    /// <summary>Sends until the caller leaves.</summary>
    /// <exception cref="RpcException">
    /// INVALID_ARGUMENT, OUT_OF_RANGE when changes after the revision are not all kept or the epoch is another, or UNAVAILABLE when the
    /// scheduler drains or history cannot be read.
    /// </exception>
    public async Task RunAsync(WatchPoliciesRequest request, IServerStreamWriter<PolicyEvent> writer, CancellationToken cancellationToken)
    {
        Check(request);
        using var either = _drain.Link(cancellationToken);
        var sent = request.AfterRevision;
        try
        {
            var state = _store.Current;
            if (request.AfterRevision > 0)
            {
                RequireEpoch(request.Epoch, state.Epoch);
                sent = await SendAfterAsync(sent, request, state.Epoch, writer, either.Token);
            }
            else
            {
                await SendInitialAsync(state, request.Name, writer, either.Token);
                sent = state.Revision;
            }

            await FollowAsync(state, sent, request, writer, either.Token);
        }
        catch (OperationCanceledException) when (_drain.IsDraining && !cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the scheduler shuts down; go on after the last revision received"));
        }
    }

    private async Task FollowAsync(
        StoreState state, long sent, WatchPoliciesRequest request, IServerStreamWriter<PolicyEvent> writer, CancellationToken cancellationToken)
    {
        var epoch = state.Epoch;
        while (true)
        {
            state = await _store.WaitForChangeAsync(state, cancellationToken);
            RequireEpoch(epoch, state.Epoch);
            sent = await SendAfterAsync(sent, request, epoch, writer, cancellationToken);
        }
    }

    private static async Task SendInitialAsync(
        StoreState state, string name, IServerStreamWriter<PolicyEvent> writer, CancellationToken cancellationToken)
    {
        foreach (var stored in state.Policies.Values.Where(stored => name.Length == 0 || stored.Policy.Name == name))
        {
            var version = new PolicyVersion { Policy = stored, Name = stored.Policy.Name, Epoch = stored.Epoch, Revision = stored.Revision };
            await writer.WriteAsync(new PolicyEvent { Change = version, Epoch = state.Epoch }, cancellationToken);
        }

        await writer.WriteAsync(new PolicyEvent { InitialDone = true, Revision = state.Revision, Epoch = state.Epoch }, cancellationToken);
    }

    /// <summary>Sends all changes after a revision and returns the revision of the last.</summary>
    private async Task<long> SendAfterAsync(
        long sent, WatchPoliciesRequest request, string epoch, IServerStreamWriter<PolicyEvent> writer, CancellationToken cancellationToken)
    {
        var events = await _store.EventsAfterForCallAsync(sent, cancellationToken)
            ?? throw PolicyErrors.Relist($"changes after revision {sent} are not all kept (Store:HistoryLimit)");
        foreach (var version in events)
        {
            RequireEpoch(epoch, version.Epoch);
            if (request.Name.Length == 0 || version.Name == request.Name)
            {
                await writer.WriteAsync(new PolicyEvent { Change = version, Revision = version.Revision, Epoch = epoch }, cancellationToken);
            }

            sent = version.Revision;
        }

        return sent;
    }

    private static void Check(WatchPoliciesRequest request)
    {
        if (request.AfterRevision < 0 || (request.AfterRevision > 0 && request.Epoch.Length == 0))
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"after_revision {request.AfterRevision} of epoch '{request.Epoch}' cannot be gone on after"));
        }
    }

    private static void RequireEpoch(string expected, string actual)
    {
        if (expected != actual)
        {
            throw PolicyErrors.Relist($"revisions of epoch '{expected}' say nothing in epoch '{actual}', in which history began anew");
        }
    }
}
