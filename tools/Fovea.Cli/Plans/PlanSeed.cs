using System.CommandLine;

namespace Fovea.Cli.Plans;

/// <summary>Is <c>--plan-seed</c>: which order the random scorer draws.</summary>
internal static class PlanSeed
{
    /// <summary>Makes the option; its default is 0.</summary>
    public static Option<ulong> Option() => new("--plan-seed") { HelpName = "N", Description = "Order that --scorer random draws" };
}
