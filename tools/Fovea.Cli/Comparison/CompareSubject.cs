using Fovea.Cli.Shell;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;

namespace Fovea.Cli.Comparison;

/// <summary>Is the model that a comparison runs on, with the size of a usual request.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Revision">Its revision.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="VisionTokens">Vision tokens that budgets are solved for.</param>
/// <param name="TextTokens">Other tokens that budgets are solved for.</param>
internal sealed record CompareSubject(string Model, string Revision, ModelShape Shape, int VisionTokens, int TextTokens)
{
    // Only FLOPs budgets depend on it, and only a little.
    private const int UsualText = 18;

    /// <summary>Gets what written schedules are resolved for.</summary>
    public ScheduleContext Context => new() { Shape = Shape, VisionTokens = VisionTokens, TextTokens = TextTokens };

    /// <summary>Returns the subject for one image of one tile.</summary>
    /// <exception cref="CliException">The profile is wrong.</exception>
    public static CompareSubject Of(ModelProfile profile)
    {
        var domain = ModelProfileMapping.ToDomain(profile);
        if (!domain.IsValid)
        {
            throw new CliException(ExitCodes.Failed, domain.Faults.Select(fault => $"model '{profile.Name}': {fault}"));
        }

        var tokens = profile.Vision?.VisionTokensPerTile ?? 0;
        return tokens > 0
            ? new(profile.Name, profile.Revision, domain.Value.Shape, tokens, UsualText)
            : throw new CliException(ExitCodes.Failed, $"model '{profile.Name}' announces no vision tokens of a tile, so budgets cannot be solved for it");
    }
}
