namespace Fovea.K8s.Tests.Infrastructure;

/// <summary>Finds what the tests read: the manifests and what lies beside the tests' sources.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The overlays that are deployed.</summary>
    public static IReadOnlyList<string> Overlays { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Root, "k8s", "overlays")).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    /// <summary>The folder of the project's sources.</summary>
    public static string Tests => Path.Combine(Root, "tests", "Fovea.K8s.Tests");

    public static string DemoModel => Path.Combine(Root, "models", "demo", "model");

    /// <summary>The assembly of a service, built in the same configuration as the tests.</summary>
    public static string Assembly(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(Root, "services", project, "bin", configuration, "net10.0", $"Fovea.{project}.dll");
    }

    public static string Overlay(string name) => Path.Combine(Root, "k8s", "overlays", name);

    public static string Fixture(params string[] path) => Path.Combine([Tests, "Fixtures", .. path]);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Fovea.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository");
        }

        return folder;
    }
}
