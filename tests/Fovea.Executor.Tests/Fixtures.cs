namespace Fovea.Executor.Tests;

/// <summary>Finds reference data.</summary>
internal static class Fixtures
{
    private static readonly string Root = Find();

    /// <summary>Root of the repository.</summary>
    public static string Repository => Root;

    /// <summary>Path below tests/fixtures.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, "tests", "fixtures", .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Fovea.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
