using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text;

/// <summary>Reads the <c>pattern</c> of a part of tokenizer.json: <c>{"String": …}</c> or <c>{"Regex": …}</c>.</summary>
internal static class PatternReader
{
    /// <summary>The pattern, or null with a fault.</summary>
    public static ITextPattern? Read(JsonObjectReader owner)
    {
        // Some parts write the literal alone.
        if (owner.TryGet("pattern", out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String)
        {
            return new LiteralPattern(owner.RequiredString("pattern"));
        }

        if (owner.RequiredObject("pattern") is not { } pattern)
        {
            return null;
        }

        if (pattern.Has("String"))
        {
            return new LiteralPattern(pattern.RequiredString("String"));
        }

        var expression = pattern.RequiredString("Regex");
        var regex = RegexPattern.TryCreate(expression, out var fault);
        if (regex is null)
        {
            pattern.Fault("Regex", $"\"{expression}\" {fault}");
        }

        return regex;
    }
}
