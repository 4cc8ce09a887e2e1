using Fovea.Contracts.Mapping;
using Fovea.Contracts.Snapshots;
using Fovea.Contracts.Streams;
using Fovea.Contracts.V1;
using Fovea.Planning.Validation;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Streams;
using Fovea.ServiceDefaults.Drain;
using Grpc.Core;

namespace Fovea.Scheduler.Feed;

/// <summary>Serves FeedService.</summary>
internal sealed class FeedRpc : FeedService.FeedServiceBase
{
    private readonly FeedContext _feed;
    private readonly FleetRegistry _fleet;
    private readonly KnownModels _models;
    private readonly DrainSignal _drain;
    private readonly ILogger<FeedRpc> _logger;

    /// <summary>Makes the service.</summary>
    public FeedRpc(FeedContext feed, FleetRegistry fleet, KnownModels models, DrainSignal drain, ILogger<FeedRpc> logger)
    {
        _feed = feed;
        _fleet = fleet;
        _models = models;
        _drain = drain;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override async Task Watch(
        IAsyncStreamReader<WatchRequest> requestStream,
        IServerStreamWriter<WatchResponse> responseStream,
        ServerCallContext context)
    {
        var opening = new StreamOpening(_feed.Options.SubscribeTimeout, _feed.Time, "Feed:SubscribeTimeout");
        var first = await opening.ReadAsync(requestStream, "subscribe", context.CancellationToken);
        var subscribe = first.Subscribe ?? throw Refuse($"a stream opens with subscribe, not {first.KindCase}");
        Check(subscribe);
        await _models.RememberAsync(subscribe.Model, subscribe.ExecutorId, context.CancellationToken);
        var session = _fleet.Connect(subscribe) ?? throw Full(subscribe);
        var sender = new FeedSender(_feed, session, responseStream, _drain.Token);
        _feed.Convergence.Joined(session);
        try
        {
            await StreamAcceptance.AcceptAsync(context);
            await new FeedStream(_feed, session, sender, _logger).RunAsync(requestStream, context.CancellationToken);
        }
        finally
        {
            _feed.Convergence.Left(session);
            _feed.Metrics.Pushed(PushResults.Lost, _fleet.Disconnect(session));
            FleetLog.Disconnected(_logger, session.ExecutorId, session.Address);
        }
    }

    private void Check(Subscribe subscribe)
    {
        var faults = AnnouncementCheck.Of("subscribe", subscribe.ExecutorId, subscribe.Model).Faults;
        if (!Uri.TryCreate(subscribe.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "unix"))
        {
            faults = faults.Add(Fault("subscribe.address", $"'{subscribe.Address}' is no address such as http://10.0.0.7:7081"));
        }

        if (subscribe.HeldRevision < 0 || (subscribe.HeldRevision > 0 && subscribe.HeldEpoch.Length == 0))
        {
            faults = faults.Add(Fault("subscribe.heldRevision", $"revision {subscribe.HeldRevision} of epoch '{subscribe.HeldEpoch}' cannot be held"));
        }

        if (faults.Length > 0)
        {
            _feed.Metrics.Rejected(RejectReasons.Protocol);
            throw RpcFaults.ToException(faults);
        }

        var state = _feed.Store.Current;
        var held = new SnapshotId(subscribe.HeldEpoch, subscribe.HeldRevision, subscribe.HeldDigest);
        var newest = new SnapshotId(state.Epoch, state.Revision, string.Empty);
        if (newest.IsOlderThan(held))
        {
            FeedLog.Ahead(_logger, subscribe.ExecutorId, held.ToString(), newest.ToString());
        }
    }

    private static PlanFault Fault(string field, string message) => new(PlanFaultKind.InvalidArgument, field, message);

    private RpcException Refuse(string message)
    {
        _feed.Metrics.Rejected(RejectReasons.Protocol);
        return new RpcException(new Status(StatusCode.InvalidArgument, message));
    }

    private RpcException Full(Subscribe subscribe)
    {
        _feed.Metrics.Rejected(RejectReasons.Full);
        return new RpcException(new Status(
            StatusCode.ResourceExhausted, $"executor '{subscribe.ExecutorId}' is turned away: too many executors are listed (Fleet:MaxExecutors)"));
    }
}
