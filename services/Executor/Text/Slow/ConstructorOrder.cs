using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text.Slow;

/// <summary>
/// Settles a contradiction that checkpoints made by scripts have: their token files number the added tokens one way, and the ids in the model's
/// configuration another way, the one that the tokenizer's class gives when it is made from the vocabulary alone (end, unknown, the others).
/// </summary>
/// <remarks>
/// The model was run with the ids of its configuration. Those are taken only where its begin and end ids both deny the files and both fit
/// the other order; otherwise the files count.
/// </remarks>
internal static class ConstructorOrder
{
    private const string FileName = "config.json";
    private const int MaxId = (1 << 21) - 1;

    /// <summary>The tokens as given, or renumbered when the configuration in <paramref name="folder"/> says so.</summary>
    public static IReadOnlyList<AddedToken> Settle(IReadOnlyList<AddedToken> tokens, string end, string unknown, string folder)
    {
        var byContent = tokens.ToDictionary(static token => token.Content, StringComparer.Ordinal);
        if (!byContent.TryGetValue(end, out var endToken) || !byContent.TryGetValue(unknown, out var unknownToken) || end == unknown)
        {
            return tokens;
        }

        AddedToken[] order = [endToken, unknownToken, .. tokens.Where(token => token != endToken && token != unknownToken)];
        var first = tokens.Min(static token => token.Id);
        var isDense = tokens.Max(static token => token.Id) - first == tokens.Count - 1;
        return isDense && endToken.Id != first && unknownToken.Id != first + 1 && ReadEnds(folder) == (first + 1, first)
            ? [.. order.Select((token, index) => token with { Id = first + index })]
            : tokens;
    }

    private static (int? Begin, int? End) ReadEnds(string folder)
    {
        var faults = new FaultList();
        var path = Path.Combine(folder, FileName);
        using var document = File.Exists(path) ? JsonFile.Load(path, faults) : null;
        if (document?.RootElement.ValueKind != JsonValueKind.Object)
        {
            return (null, null);
        }

        // A broken configuration is the model loader's to report.
        var root = new JsonObjectReader(document.RootElement, FileName, "$", faults);
        var holder = root.Object("llm_config") ?? root.Object("text_config") ?? root;
        return (holder.OptionalInt("bos_token_id", 0, MaxId), holder.OptionalInt("eos_token_id", 0, MaxId));
    }
}
