using Fovea.Contracts.Mapping;
using Fovea.Contracts.Streams;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Metrics;
using Fovea.Scheduler.Streams;
using Fovea.ServiceDefaults.Drain;
using Grpc.Core;

namespace Fovea.Scheduler.Plans;

/// <summary>Serves PlanService.</summary>
internal sealed class PlanRpc : PlanService.PlanServiceBase
{
    private readonly PlanContext _plans;
    private readonly PlanExplainer _explainer;
    private readonly KnownModels _models;
    private readonly DrainSignal _drain;
    private readonly ILogger<PlanRpc> _logger;

    /// <summary>Makes the service.</summary>
    public PlanRpc(PlanContext plans, PlanExplainer explainer, KnownModels models, DrainSignal drain, ILogger<PlanRpc> logger)
    {
        _plans = plans;
        _explainer = explainer;
        _models = models;
        _drain = drain;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override async Task StreamPlans(
        IAsyncStreamReader<PlanStreamRequest> requestStream,
        IServerStreamWriter<PlanStreamResponse> responseStream,
        ServerCallContext context)
    {
        var opening = new StreamOpening(_plans.Options.HelloTimeout, _plans.Time, "Plans:HelloTimeout");
        var first = await opening.ReadAsync(requestStream, "hello", context.CancellationToken);
        var hello = first.Hello ?? throw Refuse($"a stream opens with hello, not {first.KindCase}");
        var model = Check(hello);
        await _models.RememberAsync(hello.Model, hello.ExecutorId, context.CancellationToken);
        var stream = new PlanStream(_plans, hello.ExecutorId, model, _logger);
        PlansLog.StreamOpened(_logger, hello.ExecutorId, model.Name, model.Revision);
        _plans.Metrics.PlanStreamOpened();
        try
        {
            await StreamAcceptance.AcceptAsync(context);
            await stream.RunAsync(requestStream, responseStream, _drain.Token, context.CancellationToken);
        }
        finally
        {
            _plans.Metrics.PlanStreamClosed();
            PlansLog.StreamClosed(_logger, hello.ExecutorId, stream.Answers);
        }
    }

    /// <inheritdoc/>
    public override Task<ExplainResponse> Explain(ExplainRequest request, ServerCallContext context) =>
        Task.FromResult(_explainer.Explain(request));

    private Planning.Policies.ModelProfile Check(PlanHello hello)
    {
        var checks = AnnouncementCheck.Of("hello", hello.ExecutorId, hello.Model);
        if (checks.IsValid)
        {
            return checks.Value;
        }

        _plans.Metrics.Rejected(RejectReasons.Protocol);
        throw RpcFaults.ToException(checks.Faults);
    }

    private RpcException Refuse(string message)
    {
        _plans.Metrics.Rejected(RejectReasons.Protocol);
        return new RpcException(new Status(StatusCode.InvalidArgument, message));
    }
}
