namespace Fovea.Functional.Tests;

/// <summary>Finds what the tests run and what they run it on.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string DemoModel => Path.Combine(Root, "models", "demo", "model");

    /// <summary>The assembly of a service, built in the same configuration as the tests.</summary>
    public static string Assembly(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(Root, "services", project, "bin", configuration, "net10.0", $"Fovea.{project}.dll");
    }

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
