using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using Fovea.Faults.Stacks;
using Grpc.Core;

namespace Fovea.Faults.Load;

/// <summary>Clients that ask all executors and record every attempt.</summary>
/// <remarks>
/// An attempt that ends with UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED or at its own deadline is repeated at the next executor under
/// an id of its own; every other status ends the request. Which executor, prompt and class comes when follows from the seed.
/// </remarks>
internal sealed class LoadGenerator
{
    private const string PushBackKey = "grpc-retry-pushback-ms";

    private static readonly string[] Classes = [string.Empty, "count", "other"];

    private readonly Recorder _recorder;
    private readonly IReadOnlyList<ExecutorNode> _executors;
    private readonly LoadOptions _options;
    private readonly int _seed;
    private int _answered;
    private int _unanswered;

    /// <summary>Makes the clients.</summary>
    public LoadGenerator(Recorder recorder, IReadOnlyList<ExecutorNode> executors, LoadOptions options, int seed)
    {
        _recorder = recorder;
        _executors = executors;
        _options = options;
        _seed = seed;
    }

    /// <summary>Gets how many requests were answered so far.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Gets how many requests were given up so far.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Asks until cancelled; what is under way then is still answered.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, _options.Clients).Select(client => Task.Run(() => ClientAsync(client, stop), CancellationToken.None)));

    private async Task ClientAsync(int client, CancellationToken stop)
    {
        var random = new Random(unchecked((_seed * 1_000_003) + client));
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var request = FormattableString.Invariant($"{_options.Name}{client}-{number}");
            var isAnswered = await RequestAsync(request, random);
            _recorder.Add(new HistoryEvent.Ended(request, isAnswered));
            _ = isAnswered ? Interlocked.Increment(ref _answered) : Interlocked.Increment(ref _unanswered);
            await Task.Delay(_options.Pause, CancellationToken.None);
        }
    }

    private async Task<bool> RequestAsync(string request, Random random)
    {
        var (first, prompt, requestClass) = (random.Next(_executors.Count), random.Next(Prompts.Count), Classes[random.Next(Classes.Length)]);
        var pause = _options.RetryPause;
        for (var attempt = 0; attempt < _options.MaxAttempts; attempt++)
        {
            var executor = _executors[(first + attempt) % _executors.Count];
            var sent = new HistoryEvent.Sent(request, FormattableString.Invariant($"{request}.{attempt}"), executor.Name, prompt, requestClass);
            var code = await AttemptAsync(sent, executor);
            if (code == StatusCode.OK)
            {
                return true;
            }

            if (code is not (StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Aborted or StatusCode.DeadlineExceeded))
            {
                return false;
            }

            await Task.Delay(pause, CancellationToken.None);
            pause *= 2;
        }

        return false;
    }

    private async Task<StatusCode> AttemptAsync(HistoryEvent.Sent sent, ExecutorNode executor)
    {
        var message = Prompts.Make(sent.Attempt, sent.Prompt, sent.RequestClass, _options.Tokens);
        _recorder.Add(sent);
        var isAnswered = false;
        try
        {
            using var call = executor.Client.Generate(message, deadline: Channels.Deadline(_options.AttemptTimeout));
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                isAnswered |= Record(sent.Attempt, call.ResponseStream.Current);
            }

            return isAnswered ? StatusCode.OK : Fail(sent.Attempt, StatusCode.Internal, "the stream has ended without an answer");
        }
        catch (RpcException exception)
        {
            // After an answer nothing can fail any more; only the status got lost.
            return isAnswered ? StatusCode.OK : Fail(sent.Attempt, exception.StatusCode, exception.Status.Detail, exception.Trailers.GetValue(PushBackKey));
        }
    }

    private bool Record(string attempt, GenerateEvent happened)
    {
        switch (happened.KindCase)
        {
            case GenerateEvent.KindOneofCase.Admitted:
                _recorder.Add(new HistoryEvent.Admitted(attempt, happened.Admitted));
                return false;
            case GenerateEvent.KindOneofCase.Delta:
                _recorder.Add(new HistoryEvent.Tokens(attempt, happened.Delta.TokenIds.Count));
                return false;
            default:
                _recorder.Add(new HistoryEvent.Completed(attempt, happened.Done));
                return true;
        }
    }

    private StatusCode Fail(string attempt, StatusCode code, string message, string? pushBack = null)
    {
        _recorder.Add(new HistoryEvent.Failed(attempt, code, message) { PushBackMs = pushBack });
        return code;
    }
}
