using Fovea.Executor.Hosting;
using Fovea.K8s.Tests.Manifests;
using Fovea.Scheduler.Hosting;
using Fovea.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.K8s.Tests.Settings;

/// <summary>Reads what a workload's environment and arguments set, as the service in it does.</summary>
internal static class ServiceSettings
{
    // The sections that say how long a stop may take; others name files that only the cluster has.
    private static readonly string[] TimeSections = ["Service:", "Intake:"];

    // What the cluster would fill in.
    private static readonly IReadOnlyDictionary<string, string> Given = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["metadata.name"] = "fovea-pod-0",
        ["status.podIP"] = "10.0.0.9",
        ["limits.cpu"] = "2",
    };

    /// <summary>The environment of a workload's one container, references to the cluster filled in.</summary>
    public static IReadOnlyDictionary<string, string> Environment(ManifestSet set, Workload workload)
    {
        var container = workload.Containers.Single();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var map in container.Root["envFrom"].Items.Select(source => source.At("configMapRef", "name").Text))
        {
            foreach (var (name, value) in set.Objects.Single(item => item.Kind == "ConfigMap" && item.Name == map).Root["data"].ToTexts())
            {
                variables[name] = value;
            }
        }

        foreach (var variable in container.Root["env"].Items)
        {
            var reference = variable["valueFrom"];
            var field = reference.At("fieldRef", "fieldPath").Text + reference.At("resourceFieldRef", "resource").Text;
            variables[variable["name"].Text] = field.Length > 0 ? Given[field] : variable["value"].Text;
        }

        return variables;
    }

    /// <summary>The arguments, with the references to variables that Kubernetes replaces.</summary>
    public static IReadOnlyList<string> Arguments(ManifestSet set, Workload workload)
    {
        var variables = Environment(set, workload);
        return [.. workload.Containers.Single().Root["args"].Items.Select(argument =>
            variables.Aggregate(argument.Text, (text, variable) => text.Replace($"$({variable.Key})", variable.Value, StringComparison.Ordinal)))];
    }

    /// <summary>Every option that is set, by its configuration key; the arguments win, as they do in the services.</summary>
    public static IReadOnlyDictionary<string, string?> All(ManifestSet set, Workload workload)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Environment(set, workload).Where(variable => variable.Key.Contains("__", StringComparison.Ordinal)))
        {
            settings[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        }

        foreach (var (name, value) in Parsed(workload, Arguments(set, workload)))
        {
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>The configuration that the service reads.</summary>
    public static IConfiguration Configuration(ManifestSet set, Workload workload) =>
        new ConfigurationBuilder().AddInMemoryCollection(All(set, workload)).Build();

    /// <summary>The options of a section.</summary>
    public static T Of<T>(ManifestSet set, Workload workload)
        where T : new() => Configuration(set, workload).GetSection(OptionTypes.SectionOf(typeof(T))).Get<T>() ?? new T();

    /// <summary>How long calls are still taken after the stop.</summary>
    public static TimeSpan Delay(ManifestSet set, Workload workload) => Of<ServiceDefaultsOptions>(set, workload).DrainDelay;

    /// <summary>How long an executor's running calls have to end, as its host is really set up.</summary>
    public static TimeSpan ExecutorShutdown(ManifestSet set, Workload workload)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(All(set, workload).Where(setting => TimeSections.Any(section =>
            setting.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase))));
        var app = builder.AddExecutor().Build();
        return app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout - Delay(set, workload);
    }

    private static IReadOnlyDictionary<string, string?> Parsed(Workload workload, IReadOnlyList<string> arguments)
    {
        if (workload.Name == "fovea-scheduler")
        {
            return SchedulerArguments.Parse(arguments).Settings;
        }

        var line = CommandLine.Parse(arguments);
        Assert.Empty(line.Faults);
        return line.Settings;
    }
}
