using System.Globalization;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Benches;

/// <summary>Puts an open-loop load on executors in turn and notes what becomes of each request.</summary>
/// <remarks>Times count from when a request was due, not from when it was sent: a client that falls behind hides nothing.</remarks>
internal sealed class ServeRun
{
    private const string PushBackKey = "grpc-retry-pushback-ms";

    private readonly IReadOnlyList<(ServiceSession Session, InferenceService.InferenceServiceClient Client)> _executors;
    private readonly ServeQuestions _questions;
    private readonly ServeLoad _load;
    private readonly TimeProvider _time;
    private int _underWay;

    /// <summary>Makes a run over borrowed sessions.</summary>
    public ServeRun(IEnumerable<ServiceSession> executors, ServeQuestions questions, ServeLoad load, TimeProvider time)
    {
        _executors = [.. executors.Select(session => (session, new InferenceService.InferenceServiceClient(session.Channel)))];
        (_questions, _load, _time) = (questions, load, time);
    }

    /// <summary>Runs the load and waits until every request has ended.</summary>
    /// <exception cref="CliException">A request before the load was not answered.</exception>
    public async Task<ServeReport> RunAsync(CancellationToken cancellationToken)
    {
        await WarmUpAsync(cancellationToken);
        var begun = _time.GetTimestamp();
        var requests = new List<Task<ServeOutcome>>();
        foreach (var due in ArrivalTimes.Of(_load.Rate, _load.Duration, _load.Seed))
        {
            var early = due - _time.GetElapsedTime(begun);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, _time, cancellationToken);
            }

            requests.Add(ArriveAsync(requests.Count, () => (_time.GetElapsedTime(begun) - due).TotalSeconds, cancellationToken));
        }

        var outcomes = await Task.WhenAll(requests);
        return new ServeReport(_load, outcomes, _time.GetElapsedTime(begun).TotalSeconds);
    }

    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; number < _load.WarmUps * _executors.Count; number++)
        {
            var outcome = await ArriveAsync(number, () => 0, cancellationToken);
            if (!outcome.IsCompleted)
            {
                throw new CliException(ExitCodes.Failed, $"{_executors[number % _executors.Count].Session.Address} did not answer before the load: {outcome.Name}");
            }
        }
    }

    private async Task<ServeOutcome> ArriveAsync(int number, Func<double> sinceDue, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _underWay) > _load.Concurrency)
        {
            Interlocked.Decrement(ref _underWay);
            return new ServeOutcome(ServeOutcome.Unsent, sinceDue());
        }

        try
        {
            return await AskAsync(number, sinceDue, cancellationToken);
        }
        catch (RpcException error) when (!cancellationToken.IsCancellationRequested)
        {
            var pushBack = error.Trailers.GetValue(PushBackKey);
            return new ServeOutcome(ServeOutcome.NameOf(error.StatusCode), sinceDue())
            {
                PushBack = double.TryParse(pushBack, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wait) ? wait : null,
            };
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<ServeOutcome> AskAsync(int number, Func<double> sinceDue, CancellationToken cancellationToken)
    {
        var (session, client) = _executors[number % _executors.Count];
        var (request, expected) = _questions.At(number);
        var outcome = new ServeOutcome("incomplete", 0);
        using var call = client.Generate(request, session.Call(cancellationToken));
        await foreach (var item in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            outcome = item.KindCase switch
            {
                GenerateEvent.KindOneofCase.Admitted => outcome with { Executor = item.Admitted.ExecutorId },
                GenerateEvent.KindOneofCase.Delta => outcome with { FirstText = outcome.FirstText ?? sinceDue() },
                GenerateEvent.KindOneofCase.Done => outcome with
                {
                    Name = ServeOutcome.Completed,
                    Done = item.Done,
                    IsRight = item.Done.Text.Trim() == expected,
                },
                _ => outcome,
            };
        }

        return outcome with { Latency = sinceDue() };
    }
}
