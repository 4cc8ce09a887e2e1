namespace Fovea.Faults.Processes;

/// <summary>Finds the checkout: what is run and what it is run on.</summary>
internal static class Repository
{
    /// <summary>Gets the root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the folder of a small checkpoint with random weights.</summary>
    public static string TinyModel => Path.Combine(Root, "tests", "fixtures", "llava");

    /// <summary>Gets a small image.</summary>
    public static string TinyImage => Path.Combine(Root, "tests", "fixtures", "images", "tiny.png");

    /// <summary>Returns the assembly of a service, built in the same configuration as this one.</summary>
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
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("this does not run inside a checkout");
        }

        return folder;
    }
}
