using Fovea.Contracts.V1;
using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Calibration.Studies;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Calibration;

/// <summary>The executor's face to searches.</summary>
internal sealed class CalibrationService : Contracts.V1.CalibrationService.CalibrationServiceBase
{
    private readonly ModelHost _host;
    private readonly CalibrationStages _stages;
    private readonly CalibrationMetrics _metrics;
    private readonly CalibrationTools _tools;
    private readonly CalibrationOptions _options;

    /// <summary>Serves by the stages.</summary>
    public CalibrationService(
        ModelHost host, CalibrationStages stages, CalibrationMetrics metrics, CalibrationTools tools, IOptions<CalibrationOptions> options)
    {
        _host = host;
        _stages = stages;
        _metrics = metrics;
        _tools = tools;
        _options = options.Value;
    }

    /// <inheritdoc/>
    public override Task<DescribeCalibrationResponse> DescribeCalibration(DescribeCalibrationRequest request, ServerCallContext context) =>
        ServeAsync(context, async ends =>
        {
            var response = new DescribeCalibrationResponse { Model = _host.Require().Announce(), ExecutorId = _tools.Name.Id };
            response.Sets.AddRange(await Task.WhenAll(_stages.Store.List().Select(set => _stages.Summaries.OfAsync(set, ends))).ConfigureAwait(false));
            return response;
        });

    /// <inheritdoc/>
    public override Task<SetSummary> PutSet(IAsyncStreamReader<SetPart> requestStream, ServerCallContext context) =>
        ServeAsync(context, async ends =>
        {
            var set = await _stages.Exchange.ReceiveAsync(requestStream.ReadAllAsync(ends), ends).ConfigureAwait(false);
            return await _stages.Summaries.OfAsync(set, ends).ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public override Task GetSet(GetSetRequest request, IServerStreamWriter<SetPart> responseStream, ServerCallContext context) =>
        ServeAsync(context, async ends =>
        {
            using var lease = _stages.Store.Require(request.Digest);
            await foreach (var part in SetExchange.SendAsync(lease.Set, ends).ConfigureAwait(false))
            {
                await responseStream.WriteAsync(part, ends).ConfigureAwait(false);
            }

            return true;
        });

    /// <inheritdoc/>
    public override Task<SetSummary> FetchSet(FetchSetRequest request, ServerCallContext context) =>
        ServeAsync(context, async ends =>
        {
            var set = await _stages.Exchange.FetchAsync(request.Digest, request.From, ends).ConfigureAwait(false);
            return await _stages.Summaries.OfAsync(set, ends).ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public override Task Evaluate(
        IAsyncStreamReader<EvaluateRequest> requestStream, IServerStreamWriter<EvaluateResponse> responseStream, ServerCallContext context) =>
        ServeAsync(context, async ends =>
        {
            var model = _host.Require();
            var open = await requestStream.MoveNext(ends).ConfigureAwait(false) ? requestStream.Current.Open : null;
            var setup = EvaluateSetup.Read(open ?? throw Unopened(), model);
            using var lease = _stages.Uses.Begin(open.SetDigest, model.Engine);
            var session = new EvaluateSession(setup, lease.Set, _stages.Evaluator, _metrics);
            CalibrationLog.Opened(_tools.Logger, lease.Set.Digest);
            try
            {
                await session.RunAsync(requestStream, responseStream, _options.ShardQueue, ends).ConfigureAwait(false);
            }
            finally
            {
                CalibrationLog.Closed(_tools.Logger, lease.Set.Digest, session.Samples, session.Forwards);
            }

            return true;
        });

    /// <inheritdoc/>
    public override Task<CostTable> MeasureCost(MeasureCostRequest request, ServerCallContext context) =>
        ServeAsync(context, ends => _stages.Costs.MeasureAsync(_host.Require(), request.MostRows, ends));

    /// <inheritdoc/>
    public override Task StudyRankings(
        StudyRankingsRequest request, IServerStreamWriter<SampleRankings> responseStream, ServerCallContext context) =>
        ServeAsync(context, async ends =>
        {
            var model = _host.Require();
            using var lease = _stages.Uses.Begin(request.SetDigest, model.Engine);
            var scorer = RankingStudy.Check(request, lease.Set);
            foreach (var index in request.Samples)
            {
                var rankings = await _stages.Rankings.StudyAsync(model, lease.Set, (index, scorer), ends).ConfigureAwait(false);
                await responseStream.WriteAsync(rankings, ends).ConfigureAwait(false);
            }

            return true;
        });

    private static RequestRefusedException Unopened() =>
        new([new RequestFault(RefusalReason.Invalid, "open", "The first message of the stream is not the opening one.")]);

    private async Task<T> ServeAsync<T>(ServerCallContext context, Func<CancellationToken, Task<T>> serve)
    {
        using var call = new CalibrationCall(context, _tools);
        try
        {
            return await serve(call.Ends).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw call.Refuse(e);
        }
    }
}
