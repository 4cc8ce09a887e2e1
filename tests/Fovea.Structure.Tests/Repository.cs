using System.Collections.Immutable;

namespace Fovea.Structure.Tests;

/// <summary>Finds the files of the checkout that the tests run in; build outputs are left out.</summary>
internal static class Repository
{
    private static readonly string[] SourceFolders = ["shared", "services", "tools", "tests"];
    private static readonly string[] Ignored = ["bin", "obj", "build", "node_modules", "TestResults", ".git", ".fovea", "BenchmarkDotNet.Artifacts", "__pycache__"];
    private static readonly string[] TextExtensions =
        [".cs", ".md", ".sh", ".py", ".js", ".json", ".yaml", ".yml", ".proto", ".csproj", ".props", ".targets", ".slnx", ".txt", ".cpp", ".h", ".svg", ""];

    /// <summary>Gets the root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets every C# file, parsed.</summary>
    public static ImmutableArray<SourceFile> Sources { get; } =
        [.. SourceFolders.SelectMany(folder => Files(Path.Combine(Root, folder))).Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(SourceFile.Load)];

    /// <summary>Gets the C# files that ship: no tests.</summary>
    public static IEnumerable<SourceFile> Products => Sources.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal));

    /// <summary>Returns every text file, relative to the root.</summary>
    public static IEnumerable<string> TextFiles() =>
        Files(Root).Where(path => TextExtensions.Contains(Path.GetExtension(path), StringComparer.Ordinal)).Select(Relative);

    /// <summary>Returns the path relative to the root, with slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static IEnumerable<string> Files(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var below = Directory.EnumerateDirectories(folder).Where(path => !Ignored.Contains(Path.GetFileName(path), StringComparer.Ordinal));
        return Directory.EnumerateFiles(folder).Concat(below.SelectMany(Files)).Order(StringComparer.Ordinal);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Fovea.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not run below a checkout");
        }

        return folder;
    }
}
