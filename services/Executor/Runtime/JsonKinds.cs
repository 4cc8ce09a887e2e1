using System.Text.Json;

namespace Fovea.Executor.Runtime;

/// <summary>Names JSON values in messages.</summary>
internal static class JsonKinds
{
    private const int ShownCharacters = 60;

    /// <summary>The kind in words.</summary>
    public static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null => "null",
        _ => "nothing",
    };

    /// <summary>The value itself, shortened, so that a message shows what was found.</summary>
    public static string Show(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            return Name(value.ValueKind);
        }

        var raw = value.GetRawText();
        return raw.Length <= ShownCharacters ? raw : raw[..ShownCharacters] + "…";
    }
}
