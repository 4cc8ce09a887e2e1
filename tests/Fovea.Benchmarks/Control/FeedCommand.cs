using System.Diagnostics;
using Fovea.Contracts.V1;
using Grpc.Net.Client;

namespace Fovea.Benchmarks.Control;

/// <summary>Measures the time from a commit to its being applied on the last of many simulated executors, one real scheduler process.</summary>
internal static class FeedCommand
{
    private const int Classes = 20;

    /// <summary>Commits one change after the other, each once the one before is applied everywhere.</summary>
    public static async Task RunAsync(ControlOptions options)
    {
        var (executors, commits) = (options.Number("executors", 64), options.Number("commits", 200));
        await using var scheduler = await SchedulerUnderTest.StartAsync();
        using var channel = GrpcChannel.ForAddress(scheduler.Address);
        var policies = new PolicyService.PolicyServiceClient(channel);
        var fleet = Enumerable.Range(0, executors).Select(index => new SimulatedExecutor($"sim-{index}", scheduler.Address)).ToList();
        var first = (await policies.ApplyPolicyAsync(new ApplyPolicyRequest { Policy = Policy(0) })).Policy;
        await Task.WhenAll(fleet.Select(executor => executor.ReachAsync(first.Epoch, first.Revision)));
        var (each, last) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var commit = 1; commit <= commits; commit++)
        {
            var begin = Stopwatch.GetTimestamp();
            var stored = (await policies.ApplyPolicyAsync(new ApplyPolicyRequest { Policy = Policy(commit) })).Policy;
            var times = await Task.WhenAll(fleet.Select(async executor =>
            {
                await executor.ReachAsync(stored.Epoch, stored.Revision);
                return Stopwatch.GetElapsedTime(begin);
            }));
            each.AddRange(times);
            last.Add(times.Max());
        }

        Console.WriteLine($"commit sent -> applied, {executors} executors, {Environment.ProcessorCount} cores");
        Console.WriteLine($"  each executor     {Percentiles.Of(each)}");
        Console.WriteLine($"  last of all       {Percentiles.Of(last)}");
        foreach (var executor in fleet)
        {
            await executor.DisposeAsync();
        }
    }

    private static Policy Policy(int version)
    {
        var policy = new Policy { Name = "default", Model = "*", Floor = 1 + version };
        policy.Rules.AddRange(Enumerable.Range(0, Classes).Select(index => new ClassRule { RequestClass = $"class-{index}", Spec = "uniform:r=0.5" }));
        policy.Rules.Add(new ClassRule { RequestClass = "*", Full = true });
        return policy;
    }
}
