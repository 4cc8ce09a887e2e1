namespace Fovea.Functional.Tests;

/// <summary>Finds what the tests run and what they run it on.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string DemoModel => Path.Combine(Root, "models", "demo", "model");

    /// <summary>The assembly of the command line.</summary>
    public static string Cli => Path.Combine(Root, "tools", "Fovea.Cli", "bin", Configuration, "net10.0", "fovea.dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The assembly of a service, built in the same configuration as the tests.</summary>
    public static string Assembly(string project) => Path.Combine(Root, "services", project, "bin", Configuration, "net10.0", $"Fovea.{project}.dll");

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
