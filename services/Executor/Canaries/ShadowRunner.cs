using System.Collections.Immutable;
using Fovea.Executor.Intake;
using Fovea.Executor.Metrics;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;

namespace Fovea.Executor.Canaries;

/// <summary>Answers chosen requests of canaries again with everything kept, after their answers were sent, and counts how far both agree.</summary>
/// <remarks>
/// One at a time. A step (encoder, prefill, one token) begins only while no request waits for a place or for its prefill; beside
/// running ones it takes one turn in <see cref="EngineOptions.CalibrationInterval"/>. So a request waits for one step at most, as it
/// would for the same step of another request, and while requests queue up nothing is run at all. Its KV cache is reserved like a
/// request's, up to half of the limit; a run gives it back, and begins again later, as soon as a request waits for KV cache.
/// <code>
/// greedy answer    its tokens against those of the full run, up to its length
/// drawn answer     draws would differ by chance: the canary's plan is run again, greedily, and that is compared
/// </code>
/// </remarks>
internal sealed class ShadowRunner : BackgroundService
{
    // So that shadow runs alone put no tier of an overload ladder in force.
    private const double MostKvShare = 0.5;

    private readonly ShadowQueue _queue;
    private readonly ArmBoard _arms;
    private readonly ShadowTools _tools;

    /// <summary>Takes answers from the queue.</summary>
    public ShadowRunner(ShadowQueue queue, ArmBoard arms, ShadowTools tools)
    {
        _queue = queue;
        _arms = arms;
        _tools = tools;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var job = await _queue.TakeAsync(stoppingToken).ConfigureAwait(false);
                _tools.Metrics.Ended(await WorkAsync(job, stoppingToken).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException)
        {
            // The executor stops.
        }
    }

    private async Task<string> WorkAsync(ShadowJob job, CancellationToken stop)
    {
        try
        {
            if (await CompareAsync(job, stop).ConfigureAwait(false) is not { } agreement || _arms.Find(job.Arm) is not { } arm)
            {
                return ShadowResults.Expired;
            }

            arm.Shadowed(agreement);
            _tools.Metrics.Agreed(agreement);
            CanariesLog.Shadowed(_tools.Logger, job.Served.Request.RequestId, agreement, job.Arm.Revision, job.Arm.Policy);
            return ShadowResults.Completed;
        }
        catch (ObjectDisposedException)
        {
            return ShadowResults.Expired; // The engine may stop before this service does.
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            CanariesLog.ShadowFailed(_tools.Logger, job.Served.Request.RequestId, e);
            return ShadowResults.Failed;
        }
    }

    /// <summary>Gives the agreement, or null when the canary is over.</summary>
    private async Task<double?> CompareAsync(ShadowJob job, CancellationToken stop)
    {
        var served = job.Served;
        var answer = served.Reason == FinishReason.Eos ? served.Ids.Add(Agreement.End) : served.Ids;
        if (served.Request.Sampling.Temperature > 0)
        {
            if (await RunAsync(job, served.Plan.Plan, answer.Length, stop).ConfigureAwait(false) is not { } greedy)
            {
                return null;
            }

            answer = greedy;
        }

        var profile = served.Model.Profile;
        var plan = KeepPlan.Full(profile.Name, profile.Revision, profile.Shape.Layers, served.Request.Prompt.VisionTokens);
        return await RunAsync(job, plan, answer.Length, stop).ConfigureAwait(false) is { } full ? Agreement.Of(answer.AsSpan(), full.AsSpan()) : null;
    }

    /// <summary>Gives the tokens of a run, or null when the canary is over; a run whose KV cache a request waits for begins again later.</summary>
    private async Task<ImmutableArray<int>?> RunAsync(ShadowJob job, KeepPlan plan, int length, CancellationToken stop)
    {
        var model = job.Served.Model;
        var bytes = PlannedCost.Of(model.Profile.Shape, plan, job.Served.Request.Prompt, length).KvBytes;
        while (_arms.Find(job.Arm) is not null)
        {
            if (_tools.Load.Waiting == 0 && _tools.Kv.TryReserve(bytes, MostKvShare) is { } memory)
            {
                using var held = memory;
                var run = new ShadowRun(job.Served, plan, length, _tools.Time);
                if (await IsRunToItsEndAsync(job, run, stop).ConfigureAwait(false))
                {
                    return await run.TokensAsync().ConfigureAwait(false);
                }
            }

            await PauseAsync(stop).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<bool> IsRunToItsEndAsync(ShadowJob job, ShadowRun run, CancellationToken stop)
    {
        var model = job.Served.Model;
        var hasMore = true;
        try
        {
            var images = await _tools.Images.PrepareAsync(job.Served.Request.Images, model.Front, stop).ConfigureAwait(false);
            for (var begun = false; hasMore; begun = true)
            {
                if (!await MayGoOnAsync(job, stop).ConfigureAwait(false))
                {
                    return false;
                }

                hasMore = begun
                    ? await model.Engine.RunAsideAsync((_, _) => run.Advance(), stop).ConfigureAwait(false)
                    : await model.Engine.RunAsideAsync((loaded, ends) => run.Begin(loaded, images, ends), stop).ConfigureAwait(false);
            }

            return true;
        }
        finally
        {
            if (hasMore)
            {
                await AbandonAsync(model.Engine, run).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits until no request waits; false when one waits for KV cache, or the canary is over.</summary>
    private async Task<bool> MayGoOnAsync(ShadowJob job, CancellationToken stop)
    {
        while (_tools.Kv.Waiting == 0 && _arms.Find(job.Arm) is not null)
        {
            if (_tools.Load.Waiting == 0)
            {
                return true;
            }

            await PauseAsync(stop).ConfigureAwait(false);
        }

        return false;
    }

    private Task PauseAsync(CancellationToken stop) => Task.Delay(_tools.Pause, _tools.Time, stop);

    private static async Task AbandonAsync(IInferenceEngine engine, ShadowRun run)
    {
        try
        {
            await engine.RunAsideAsync(
                (_, _) =>
                {
                    run.Abandon();
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            run.Abandon(); // The thread is gone, so nothing else touches the tensors.
        }
    }
}
