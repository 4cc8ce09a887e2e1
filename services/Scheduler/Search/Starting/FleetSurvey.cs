using Fovea.Contracts.V1;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Search.Fanout;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Asks executors what they serve and hold.</summary>
internal sealed class FleetSurvey
{
    private readonly IFleetBoard _fleet;
    private readonly CalibrationChannels _channels;
    private readonly SearchOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the survey.</summary>
    public FleetSurvey(IFleetBoard fleet, CalibrationChannels channels, SearchOptions options, TimeProvider time)
    {
        (_fleet, _channels, _options, _time) = (fleet, channels, options, time);
    }

    /// <summary>Returns the connected executors of a model, in order of their ids; of one revision only, if one is named.</summary>
    public async Task<IReadOnlyList<SurveyedExecutor>> AskAsync(string model, string revision, CancellationToken cancellationToken)
    {
        var executors = _fleet.List()
            .Where(executor => executor.Connected && executor.Model.Name == model)
            .Where(executor => revision.Length == 0 || executor.Model.Revision == revision);
        return await Task.WhenAll(executors.Select(executor => AskAsync(executor, cancellationToken)));
    }

    /// <summary>Returns the questions of a set, without its images, from an executor that holds it.</summary>
    /// <exception cref="RpcException">The executor could not give them.</exception>
    public async Task<SetQuestions> ReadQuestionsAsync(SurveyedExecutor holder, string digest, CancellationToken cancellationToken)
    {
        using var channel = _channels.Open(holder.Address);
        return await LimitedCall.RunAsync(
            async token =>
            {
                // Images follow the questions; ending the call keeps them where they are.
                using var call = CalibrationChannels.ClientOf(channel).GetSet(new GetSetRequest { Digest = digest }, cancellationToken: token);
                return await call.ResponseStream.MoveNext(token) && call.ResponseStream.Current.Questions is { } questions
                    ? questions
                    : throw new RpcException(new Status(StatusCode.Internal, $"executor '{holder.ExecutorId}' did not begin set {digest} with its questions"));
            },
            _options.CallTimeout,
            _time,
            cancellationToken);
    }

    private async Task<SurveyedExecutor> AskAsync(ExecutorStatus executor, CancellationToken cancellationToken)
    {
        try
        {
            using var channel = _channels.Open(executor.Address);
            var description = await LimitedCall.RunAsync(
                token => CalibrationChannels.ClientOf(channel)
                    .DescribeCalibrationAsync(new DescribeCalibrationRequest(), cancellationToken: token).ResponseAsync,
                _options.CallTimeout,
                _time,
                cancellationToken);
            return new(executor.ExecutorId, executor.Address, executor.Model, [.. description.Sets]);
        }
        catch (Exception exception) when (exception is RpcException or ArgumentException or UriFormatException && !cancellationToken.IsCancellationRequested)
        {
            return new(executor.ExecutorId, executor.Address, executor.Model, []);
        }
    }
}
