using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Generation;

/// <summary>Holds the plan that served a request and its complete answer.</summary>
/// <param name="Admitted">The plan, and whether it is stale.</param>
/// <param name="Done">The answer, what was applied, and what it cost.</param>
internal sealed record GenerationAnswer(Admitted Admitted, Done Done)
{
    /// <summary>Gets the answer without white space around it.</summary>
    public string Text => Done.Text.Trim();

    /// <summary>Returns everything as one JSON object.</summary>
    public JsonObject ToJson()
    {
        var json = MessageJson.Of(Done);
        json["executor_id"] = Admitted.ExecutorId;
        json["stale_seconds"] = Admitted.StaleSeconds;
        json["fallback"] = Admitted.Fallback;
        json["plan"] = Admitted.Plan is null ? null : MessageJson.Of(Admitted.Plan);
        return json;
    }
}
