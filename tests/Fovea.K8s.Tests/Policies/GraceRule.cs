using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.Executor.Intake;
using Fovea.K8s.Tests.Manifests;
using Fovea.K8s.Tests.Settings;
using Fovea.Scheduler.Plans;

namespace Fovea.K8s.Tests.Policies;

/// <summary>A pod has time for all that it does before it ends, and the preStop outlasts two looks at its readiness.</summary>
/// <remarks>preStop + DrainDelay + drain + ShutdownTimeout + 5 s is at most the grace period.</remarks>
internal sealed partial class GraceRule : IPolicyRule
{
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(5);

    public IEnumerable<string> FaultsOf(ManifestSet set)
    {
        foreach (var workload in set.Workloads)
        {
            var preStop = workload.Containers.Max(container => container.Root.At("lifecycle", "preStop", "sleep", "seconds").Number ?? 0);
            var needed = TimeSpan.FromSeconds(preStop) + OwnTime(set, workload) + Spare;
            var grace = TimeSpan.FromSeconds(workload.Pod["terminationGracePeriodSeconds"].Number ?? 30);
            if (needed > grace)
            {
                yield return $"{workload} needs {needed.TotalSeconds} s to end and is given {grace.TotalSeconds} s";
            }

            var period = workload.Containers.Max(container => container.Root.At("readinessProbe", "periodSeconds").Number ?? 10);
            if (workload.Object.Kind == "Deployment" && preStop < 2 * period)
            {
                yield return $"{workload} sleeps {preStop} s before it ends, less than two periods of its readiness probe ({2 * period} s)";
            }
        }
    }

    private static TimeSpan OwnTime(ManifestSet set, Workload workload) => workload.Name switch
    {
        "fovea-scheduler" => ServiceSettings.Delay(set, workload)
            + ServiceSettings.Of<PlansOptions>(set, workload).DrainGrace
            + ServiceSettings.Of<Scheduler.Hosting.ServerOptions>(set, workload).ShutdownTimeout,
        "fovea-executor" => ServiceSettings.Delay(set, workload)
            + ServiceSettings.Of<IntakeOptions>(set, workload).DrainTime
            + ServiceSettings.ExecutorShutdown(set, workload),
        _ => RedisShutdown(set),
    };

    private static TimeSpan RedisShutdown(ManifestSet set)
    {
        var text = set.The("ConfigMap", "fovea-redis").Root.At("data", "redis.conf").Text;
        return TimeSpan.FromSeconds(int.Parse(RedisTimeout().Match(text).Groups["seconds"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("^shutdown-timeout (?<seconds>[0-9]+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex RedisTimeout();
}
