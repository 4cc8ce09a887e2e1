using System.Collections.Concurrent;
using Fovea.Cli.Fleet;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Evaluations;

/// <summary>Scores candidates on all executors of a model at once.</summary>
/// <remarks>
/// Each executor takes one block of questions at a time and scores all candidates on it, so that what the candidates share is
/// computed once and kept only as long as the block. The block of an executor that goes away is taken by another.
/// </remarks>
internal sealed class FleetEvaluator
{
    private const int BlockSize = 16;

    private readonly ServedModel _model;
    private readonly Action<string> _note;

    /// <summary>Makes an evaluator over borrowed sessions.</summary>
    /// <param name="model">The model and its executors.</param>
    /// <param name="note">Takes a line when an executor goes away.</param>
    public FleetEvaluator(ServedModel model, Action<string> note)
    {
        _model = model;
        _note = note;
    }

    /// <summary>Returns the scores of a request.</summary>
    /// <param name="request">What to score.</param>
    /// <param name="progress">Is told of scores done and of all scores; by several threads.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="CliException">A candidate cannot be scored, or no executor is left.</exception>
    public async Task<EvaluationScores> RunAsync(EvaluationRequest request, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var scores = new EvaluationScores(request);
        var blocks = new ConcurrentQueue<int[]>(request.Samples.Chunk(BlockSize));
        var workers = _model.Executors;
        while (!blocks.IsEmpty)
        {
            var alive = await Task.WhenAll(workers.Select(worker => WorkAsync(worker, request, blocks, scores, progress, cancellationToken)));
            workers = [.. workers.Where((_, index) => alive[index])];
            if (workers.IsEmpty && !blocks.IsEmpty)
            {
                throw new CliException(ExitCodes.Unavailable, $"no executor is left with {scores.Filled} of {scores.Total} scores done");
            }
        }

        return scores;
    }

    // Returns whether the executor is still there.
    private async Task<bool> WorkAsync(
        ExecutorSession executor,
        EvaluationRequest request,
        ConcurrentQueue<int[]> blocks,
        EvaluationScores scores,
        Action<int, int> progress,
        CancellationToken cancellationToken)
    {
        int[]? block = null;
        try
        {
            var client = new CalibrationService.CalibrationServiceClient(executor.Session.Channel);
            using var call = client.Evaluate(ServiceSession.Stream(cancellationToken));
            await call.RequestStream.WriteAsync(OpenOf(request), cancellationToken);
            while (blocks.TryDequeue(out block))
            {
                await SendAsync(call, request, block, cancellationToken);
                await ReceiveAsync(call, request, scores, progress, cancellationToken);
                Check(executor, scores, block);
                block = null;
            }

            await call.RequestStream.CompleteAsync();
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable && !cancellationToken.IsCancellationRequested)
        {
            _note($"executor {executor.Id} went away: {exception.Status.Detail}");
            if (block is not null)
            {
                blocks.Enqueue(block);
            }

            return false;
        }
    }

    private EvaluateRequest OpenOf(EvaluationRequest request) => new()
    {
        Open = new EvaluateOpen
        {
            SetDigest = request.SetDigest,
            Model = _model.Profile.Name,
            ModelRevision = _model.Profile.Revision,
            Metrics = { request.Metric },
        },
    };

    // A shard's id is its candidate's place: one block is under way at a time.
    private static async Task SendAsync(
        AsyncDuplexStreamingCall<EvaluateRequest, EvaluateResponse> call, EvaluationRequest request, int[] block, CancellationToken cancellationToken)
    {
        for (var index = 0; index < request.Candidates.Length; index++)
        {
            var shard = new Shard { Id = index, Candidate = request.Candidates[index], Samples = { block } };
            await call.RequestStream.WriteAsync(new EvaluateRequest { Shard = shard }, cancellationToken);
        }
    }

    private static async Task ReceiveAsync(
        AsyncDuplexStreamingCall<EvaluateRequest, EvaluateResponse> call,
        EvaluationRequest request,
        EvaluationScores scores,
        Action<int, int> progress,
        CancellationToken cancellationToken)
    {
        for (var open = request.Candidates.Length; open > 0;)
        {
            if (!await call.ResponseStream.MoveNext(cancellationToken))
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "the executor ended the evaluation"));
            }

            switch (call.ResponseStream.Current)
            {
                case { Score: { } score } when score.Shard >= 0 && score.Shard < request.Candidates.Length:
                    scores.Keep((int)score.Shard, score);
                    progress(scores.Filled, scores.Total);
                    break;
                case { Done: not null }:
                    open--;
                    break;
                case { Failed: { } failed }:
                    throw new RpcException(new Status((StatusCode)failed.Code, $"candidate {failed.Shard} cannot be scored: {failed.Message}"));
            }
        }
    }

    private static void Check(ExecutorSession executor, EvaluationScores scores, int[] block)
    {
        if (!scores.IsComplete(block))
        {
            throw new CliException(ExitCodes.Failed, $"executor {executor.Id} ended a block of questions without all of its scores");
        }
    }
}
