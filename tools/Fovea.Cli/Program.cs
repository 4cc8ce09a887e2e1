using Fovea.Cli.Shell;

namespace Fovea.Cli;

/// <summary>Is the entry point of <c>fovea</c>.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => CliApp.RunAsync(args, CliContext.ForProcess(), CancellationToken.None);
}
