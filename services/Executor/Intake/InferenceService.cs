using Fovea.Contracts.V1;
using Fovea.Executor.Planning;
using Grpc.Core;

namespace Fovea.Executor.Intake;

/// <summary>The executor's face to clients.</summary>
internal sealed class InferenceService : Contracts.V1.InferenceService.InferenceServiceBase
{
    private readonly ModelHost _host;
    private readonly RequestPipeline _pipeline;
    private readonly RequestLedger _ledger;
    private readonly SchedulerLink _link;
    private readonly SnapshotStore _snapshots;

    /// <summary>Serves by the pipeline.</summary>
    public InferenceService(ModelHost host, RequestPipeline pipeline, RequestLedger ledger, SchedulerLink link, SnapshotStore snapshots)
    {
        _host = host;
        _pipeline = pipeline;
        _ledger = ledger;
        _link = link;
        _snapshots = snapshots;
    }

    /// <inheritdoc/>
    public override async Task Generate(
        GenerateRequest request, IServerStreamWriter<GenerateEvent> responseStream, ServerCallContext context)
    {
        using var entry = _ledger.Open(request.RequestId, context.Deadline, context.CancellationToken);
        try
        {
            entry.RequireTime();
            var call = RequestCall.Of(request, context);
            await _pipeline.RunAsync(call, _host.Require(), responseStream, entry).ConfigureAwait(false);
            entry.Completed();
        }
        catch (Exception e)
        {
            throw entry.Refuse(e).ToException();
        }
    }

    /// <inheritdoc/>
    public override Task<DescribeModelResponse> DescribeModel(DescribeModelRequest request, ServerCallContext context)
    {
        try
        {
            var snapshot = _snapshots.Current;
            return Task.FromResult(new DescribeModelResponse
            {
                Model = _host.Require().Announce(),
                ExecutorId = _ledger.ExecutorId,
                Epoch = snapshot?.Epoch ?? string.Empty,
                Revision = snapshot?.Revision ?? 0,
                PlanState = _link.StateName,
            });
        }
        catch (RequestRefusedException e)
        {
            throw ExceptionMapper.Map(e, default).ToException();
        }
    }
}
