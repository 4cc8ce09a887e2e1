namespace Fovea.K8s.Tests.Infrastructure;

/// <summary>Says what this machine lacks for a test, or null.</summary>
internal static class Missing
{
    private static readonly Lazy<string?> Kubectl = new(FindKubectl);

    /// <summary>What rendering lacks.</summary>
    public static string? ForRendering => Kubectl.Value;

    /// <summary>What the check of schemas lacks.</summary>
    public static string? ForSchemas =>
        ForRendering
        ?? (Tool.Exists("node") ? null : "there is no node on this machine")
        ?? (Directory.Exists(Path.Combine(Repository.Tests, "node", "node_modules")) ? null : "the Node modules are not installed: run scripts/setup.sh");

    /// <summary>What the check of alerts lacks.</summary>
    public static string? ForAlerts => ForRendering ?? (Tool.Exists("promtool") ? null : "there is no promtool on this machine: run scripts/setup.sh");

    /// <summary>What running Redis lacks.</summary>
    public static string? ForRedis =>
        ForRendering ?? (Tool.Exists("redis-server") ? null : "there is no redis-server on this machine: run scripts/setup.sh");

    // Older versions know no components.
    private static string? FindKubectl()
    {
        if (!Tool.Exists("kubectl"))
        {
            return "there is no kubectl on this machine, and Debian 12 has none that knows components: install 1.27 or later";
        }

        var rendered = Tool.RunAsync("kubectl", "kustomize", Repository.Fixture("Components")).GetAwaiter().GetResult();
        return rendered.ExitCode == 0 ? null : $"kubectl on this machine renders no components: {rendered.Errors.Trim()}";
    }
}
