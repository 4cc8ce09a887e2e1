using Fovea.Cli.Shell;
using Fovea.Planning.Shapes;

namespace Fovea.Cli.Plans;

/// <summary>Finds the shape that a command line names.</summary>
internal static class ShapeSource
{
    /// <summary>Returns a known shape, or that of a config.json or of a folder that holds one.</summary>
    public static ModelShape Load(string text)
    {
        if (KnownShapes.TryGet(text, out var known))
        {
            return known;
        }

        var path = Directory.Exists(text) ? Path.Combine(text, "config.json") : text;
        if (!File.Exists(path))
        {
            throw new CliException(
                ExitCodes.Usage,
                $"--shape: '{text}' is neither a file nor a known shape; known are {string.Join(", ", KnownShapes.Names)}");
        }

        var name = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)));
        return CliException.Require(ShapeReader.Read(File.ReadAllText(path), string.IsNullOrEmpty(name) ? "model" : name), $"{path}: ");
    }
}
