using System.Collections;
using System.Reflection;
using Fovea.Executor.Planning;
using Fovea.K8s.Tests.Manifests;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Hosting;

namespace Fovea.K8s.Tests.Settings;

/// <summary>Finds the classes that the services bind their configuration to: a section's name and "Options".</summary>
internal static class OptionTypes
{
    private const string Suffix = "Options";
    private const string Shared = "ServiceDefaults" + Suffix;

    /// <summary>The section that a class is bound to.</summary>
    public static string SectionOf(Type type) => type.Name == Shared ? ServiceDefaultsOptions.Section : type.Name[..^Suffix.Length];

    /// <summary>The class that a service binds a section to; null when it has no such section.</summary>
    public static Type? Of(Workload workload, string section) =>
        Assemblies(workload).SelectMany(assembly => assembly.GetTypes())
            .SingleOrDefault(type => type.Name.EndsWith(Suffix, StringComparison.Ordinal) && type.IsClass
                && SectionOf(type).Equals(section, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says why a configuration key means nothing to a service; null when it does mean something.</summary>
    public static string? FaultOf(Workload workload, string key)
    {
        var path = key.Split(':');
        var type = Of(workload, path[0]);
        foreach (var name in path.Skip(1))
        {
            type = type is null ? null : Below(type, name);
        }

        return type is null || path.Length < 2 ? $"{workload} sets {key}, which is no option of it" : null;
    }

    private static Type? Below(Type type, string name)
    {
        if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
        {
            return int.TryParse(name, out _) ? type.GetGenericArguments()[0] : null;
        }

        return type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;
    }

    private static IEnumerable<Assembly> Assemblies(Workload workload) => workload.Name switch
    {
        "fovea-scheduler" => [typeof(StoreOptions).Assembly, typeof(ServiceDefaultsOptions).Assembly],
        "fovea-executor" => [typeof(PlanningOptions).Assembly, typeof(ServiceDefaultsOptions).Assembly],
        _ => [],
    };
}
