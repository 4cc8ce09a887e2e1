namespace Fovea.Planning.Tests.Support;

/// <summary>Finds files of the repository from the folder the tests run in.</summary>
internal static class RepositoryFiles
{
    /// <summary>Returns the text of a file below tests/fixtures.</summary>
    public static string Fixture(string path) => File.ReadAllText(Path.Combine(Fixtures, path));

    /// <summary>Returns the paths of all files below a fixture folder that match a pattern, relative to tests/fixtures.</summary>
    public static IEnumerable<string> FixturesIn(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Fixtures, folder), pattern).Order(StringComparer.Ordinal).Select(path => Path.GetRelativePath(Fixtures, path));

    private static string Fixtures => Path.Combine(Root, "tests", "fixtures");

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new DirectoryNotFoundException("Fovea.slnx is in no folder above the tests");
        }
    }
}
