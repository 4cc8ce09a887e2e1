using Fovea.Cli.Shell;

namespace Fovea.Cli.Policies;

/// <summary>Reads policies from YAML or JSON files.</summary>
internal static class PolicyFile
{
    /// <summary>Returns the policy of a file.</summary>
    /// <exception cref="CliException">The file is missing or wrong; every fault is named with its line.</exception>
    public static PolicyDraft Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.Usage, $"{path}: no such file");
        }

        var faults = new List<string>();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var draft = PolicyYaml.Parse(File.ReadAllText(path), folder, faults);
        return draft is null || faults.Count > 0
            ? throw new CliException(ExitCodes.Usage, faults.Select(fault => $"{path}: {fault}"))
            : draft;
    }
}
