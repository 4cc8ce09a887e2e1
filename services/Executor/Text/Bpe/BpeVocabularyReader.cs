using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text.Bpe;

/// <summary>Reads a JSON object of tokens and ids.</summary>
internal static class BpeVocabularyReader
{
    private const int MaxId = (1 << 21) - 1;

    /// <summary>The tokens without those that are faulty; empty when there is no object.</summary>
    public static BpeVocabulary Read(JsonObjectReader? map)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var used = new HashSet<int>();
        foreach (var property in map?.Properties() ?? [])
        {
            if (property.Value.ValueKind != JsonValueKind.Number || !property.Value.TryGetInt32(out var id) || id is < 0 or > MaxId)
            {
                map!.Fault(property.Name, $"is {JsonKinds.Show(property.Value)} where an id in [0, {MaxId}] is needed");
            }
            else if (!used.Add(id))
            {
                map!.Fault(property.Name, $"has the id {id} of another token");
            }
            else
            {
                ids.Add(property.Name, id);
            }
        }

        return new BpeVocabulary(ids);
    }
}
