using System.Text.Json;

namespace Fovea.Executor.Tests;

/// <summary>Finds the reference data in the repository.</summary>
internal static class FixtureFiles
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, "tests", "fixtures", .. parts]);

    public static string DemoModel => Path.Combine(Root, "models", "demo", "model");

    public static T Json<T>(params string[] parts) =>
        JsonSerializer.Deserialize<T>(File.ReadAllBytes(PathOf(parts)), JsonSerializerOptions.Web)!;

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
