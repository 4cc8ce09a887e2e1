using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Stacks;
using Grpc.Core;

namespace Fovea.Faults.Load;

/// <summary>Asks an executor again and again what it has applied.</summary>
internal sealed class AppliedPoller
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Recorder _recorder;
    private readonly ExecutorNode _executor;

    /// <summary>Makes a poller of one executor.</summary>
    public AppliedPoller(Recorder recorder, ExecutorNode executor)
    {
        _recorder = recorder;
        _executor = executor;
    }

    /// <summary>Asks until cancelled; no answer is no event.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await AskAsync(_executor) is { } state)
            {
                _recorder.Add(new HistoryEvent.Applied(_executor.Name, state.Epoch, state.Revision, state.PlanState));
            }

            await Task.Delay(Interval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns what an executor says of itself, or null when it does not answer.</summary>
    public static async Task<AppliedState?> AskAsync(ExecutorNode executor)
    {
        try
        {
            return await executor.Status.GetAppliedStateAsync(new GetAppliedStateRequest(), deadline: Channels.Deadline(Limits.Call));
        }
        catch (RpcException)
        {
            return null;
        }
    }
}
