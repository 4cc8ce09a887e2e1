using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Fovea.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.Benchmarks.Control;

/// <summary>Measures how long plans take over plan streams of one real scheduler process, at a rate that does not wait for answers.</summary>
internal static class PlansCommand
{
    private const string Budgeted = "budgeted";
    private const string Decisions = "scheduler_plan_decision_seconds";
    private const double LeastBound = 1e-4;
    private const double GoalBound = 1e-3;

    /// <summary>Asks at the rate for the time, and reports what the answers took.</summary>
    public static async Task RunAsync(ControlOptions options)
    {
        var (rate, seconds, streams) = (options.Number("rate", 1000), options.Number("seconds", 20), options.Number("streams", 4));
        await using var scheduler = await SchedulerUnderTest.StartAsync();
        using var channel = GrpcChannel.ForAddress(scheduler.Address);
        await new PolicyService.PolicyServiceClient(channel).ApplyPolicyAsync(new ApplyPolicyRequest { Policy = Policy() });
        var open = new List<Stream>();
        for (var index = 0; index < streams; index++)
        {
            open.Add(await Stream.OpenAsync(scheduler.Address, $"sim-{index}"));
        }

        await AskAsync(open, rate, TimeSpan.FromSeconds(2), "warm"); // code is compiled as it is first used
        open.ForEach(stream => stream.Reset());
        var before = await scheduler.HistogramAsync(Decisions);
        var (asked, elapsed) = await AskAsync(open, rate, TimeSpan.FromSeconds(seconds), "r");
        foreach (var stream in open)
        {
            await stream.CompleteAsync();
        }

        var answered = open.Sum(stream => stream.Times.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"plans, {streams} streams, {rate}/s asked for, {asked / elapsed.TotalSeconds:F0}/s sent, {answered} of {asked} answered, {Environment.ProcessorCount} cores"));
        Console.WriteLine($"  question sent -> plan here   {Percentiles.Of(open.SelectMany(stream => stream.Times))}");
        Console.WriteLine($"  in the scheduler, question read -> answer written   {Within(before, await scheduler.HistogramAsync(Decisions))}");
    }

    /// <summary>Says which share of the decisions in between took no longer than the bounds of the histogram around the goal.</summary>
    private static string Within(IReadOnlyList<(double Bound, long Count)> before, IReadOnlyList<(double Bound, long Count)> after)
    {
        var counts = after.Select((bucket, index) => (bucket.Bound, Count: bucket.Count - (index < before.Count ? before[index].Count : 0))).ToList();
        var shares = counts.Where(bucket => bucket.Bound is >= LeastBound and <= GoalBound)
            .Select(bucket => string.Create(CultureInfo.InvariantCulture, $"{100.0 * bucket.Count / counts[^1].Count:F2} % within {bucket.Bound * 1e3:0.##} ms"));
        return string.Join(", ", shares);
    }

    private static async Task<(int Asked, TimeSpan Elapsed)> AskAsync(List<Stream> streams, int rate, TimeSpan time, string prefix)
    {
        var begin = Stopwatch.GetTimestamp();
        var asked = 0;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (Stopwatch.GetElapsedTime(begin) is var elapsed && elapsed < time)
        {
            for (var due = (int)(elapsed.TotalSeconds * rate); asked < due; asked++)
            {
                await streams[asked % streams.Count].AskAsync($"{prefix}{asked}", asked);
            }

            await tick.WaitForNextTickAsync();
        }

        return (asked, Stopwatch.GetElapsedTime(begin));
    }

    private static Policy Policy() => new()
    {
        Name = "default",
        Model = "*",
        Rules =
        {
            new ClassRule { RequestClass = Budgeted, Budget = new BudgetRule { Budget = new Budget { MeanKeep = 0.3 } } },
            new ClassRule { RequestClass = "*", Spec = "pdrop:layers=8/16/24,keep=0.5/0.25/0.125" },
        },
    };

    private sealed class Stream(GrpcChannel channel, AsyncDuplexStreamingCall<PlanStreamRequest, PlanStreamResponse> call)
    {
        private readonly ConcurrentDictionary<string, long> _sent = new(StringComparer.Ordinal);
        private Task _reading = Task.CompletedTask;

        public ConcurrentQueue<TimeSpan> Times { get; } = new();

        public static async Task<Stream> OpenAsync(string address, string id)
        {
            var channel = GrpcChannel.ForAddress(address);
            var stream = new Stream(channel, new PlanService.PlanServiceClient(channel).StreamPlans());
            await stream.WriteAsync(new PlanStreamRequest { Hello = new PlanHello { ExecutorId = id, Model = SimulatedExecutor.Profile } });
            stream._reading = stream.ReadAsync();
            return stream;
        }

        public void Reset() => Times.Clear();

        /// <summary>Asks for a plan; every prompt is of another size, as requests are.</summary>
        public Task AskAsync(string id, int index)
        {
            _sent[id] = Stopwatch.GetTimestamp();
            return WriteAsync(new PlanStreamRequest
            {
                Descriptor_ = new PlanDescriptor
                {
                    RequestId = id,
                    ImageTokens = { 576 },
                    TextTokens = 40 + (index % 200),
                    RequestClass = index % 2 == 0 ? Budgeted : string.Empty,
                },
            });
        }

        public async Task CompleteAsync()
        {
            await call.RequestStream.CompleteAsync();
            await _reading;
            call.Dispose();
            channel.Dispose();
        }

        private Task WriteAsync(PlanStreamRequest request) => call.RequestStream.WriteAsync(request);

        private async Task ReadAsync()
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                if (call.ResponseStream.Current.Plan is { } plan && _sent.TryRemove(plan.RequestId, out var sent))
                {
                    Times.Enqueue(Stopwatch.GetElapsedTime(sent));
                }
            }
        }
    }
}
