namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Finds files of the checkout that the tests run in.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Demo => Path.Combine(Root, "models/demo");

    public static string Model => Path.Combine(Demo, "model");

    public static string Fixture(string folder, string name) => Path.Combine(Root, "tests/fixtures", folder, name);

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
