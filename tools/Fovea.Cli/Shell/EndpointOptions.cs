using System.CommandLine;
using System.CommandLine.Parsing;

namespace Fovea.Cli.Shell;

/// <summary>Makes the options that name services; their defaults are what <c>make run</c> starts.</summary>
internal static class EndpointOptions
{
    /// <summary>The scheduler's address unless given.</summary>
    public const string DefaultScheduler = "http://127.0.0.1:7080";

    /// <summary>The executor's address unless given.</summary>
    public const string DefaultExecutor = "http://127.0.0.1:7081";

    /// <summary>Makes <c>--scheduler</c>.</summary>
    public static Option<Uri> Scheduler() => Make("--scheduler", "Address of the scheduler", DefaultScheduler);

    /// <summary>Makes <c>--executor</c>.</summary>
    public static Option<Uri> Executor() => Make("--executor", "Address of an executor", DefaultExecutor);

    /// <summary>Makes <c>--executor</c> for commands that use several.</summary>
    public static Option<Uri[]> Executors() => new("--executor")
    {
        Description = "Address of an executor; may be given again",
        HelpName = "URL",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [new Uri(DefaultExecutor)],
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, token.Value)).OfType<Uri>()],
    };

    private static Option<Uri> Make(string name, string description, string address) => new(name)
    {
        Description = description,
        HelpName = "URL",
        DefaultValueFactory = _ => new Uri(address),
        CustomParser = result => Parse(result, result.Tokens[0].Value),
    };

    private static Uri? Parse(ArgumentResult result, string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return uri;
        }

        result.AddError($"'{text}' is no address; one looks like {DefaultScheduler}");
        return null;
    }
}
