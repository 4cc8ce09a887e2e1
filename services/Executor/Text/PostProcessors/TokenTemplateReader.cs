using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text.PostProcessors;

/// <summary>Reads the <c>post_processor</c> part of a tokenizer.json, as far as it concerns single inputs.</summary>
internal static class TokenTemplateReader
{
    /// <summary>The template; a kind that is not supported is a fault.</summary>
    public static TokenTemplate Read(JsonObjectReader? reader)
    {
        var type = reader?.RequiredString("type");
        switch (type)
        {
            case null:
            case "ByteLevel":
                return TokenTemplate.Empty;
            case "Sequence":
                return ReadSequence(reader!);
            case "TemplateProcessing":
                return ReadTemplate(reader!);
            default:
                reader!.Fault("type", $"is \"{type}\", a post-processor that is not supported");
                return TokenTemplate.Empty;
        }
    }

    private static TokenTemplate ReadSequence(JsonObjectReader reader)
    {
        // Each processor wraps what the one before made.
        var template = TokenTemplate.Empty;
        foreach (var next in reader.Objects("processors").Select(Read))
        {
            template = new TokenTemplate([.. next.Before, .. template.Before], [.. template.After, .. next.After]);
        }

        return template;
    }

    private static TokenTemplate ReadTemplate(JsonObjectReader reader)
    {
        var ids = ReadIds(reader);
        var before = new List<int>();
        var after = new List<int>();
        var inputs = 0;
        foreach (var piece in reader.Objects("single"))
        {
            if (piece.Object("SpecialToken") is { } special)
            {
                var name = special.RequiredString("id");
                if (!ids.TryGetValue(name, out var values))
                {
                    special.Fault("id", $"is \"{name}\", which special_tokens does not define");
                    continue;
                }

                (inputs == 0 ? before : after).AddRange(values);
            }
            else
            {
                inputs++;
            }
        }

        if (inputs != 1)
        {
            reader.Fault("single", $"places the input {inputs} times instead of once");
        }

        return new TokenTemplate(before, after);
    }

    private static Dictionary<string, List<int>> ReadIds(JsonObjectReader reader)
    {
        var ids = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var tokens = reader.Object("special_tokens");
        foreach (var property in tokens?.Properties() ?? [])
        {
            var token = new JsonObjectReader(property.Value, reader.File, tokens!.PathOf(property.Name), reader.Faults);
            var values = new List<int>();
            foreach (var element in token.Array("ids"))
            {
                if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var id) || id < 0)
                {
                    token.Fault("ids", $"holds {JsonKinds.Show(element)} where an id is needed");
                    continue;
                }

                values.Add(id);
            }

            ids[property.Name] = values;
        }

        return ids;
    }
}
