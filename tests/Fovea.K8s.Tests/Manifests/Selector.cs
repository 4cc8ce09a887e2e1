namespace Fovea.K8s.Tests.Manifests;

/// <summary>Decides which labels a label selector of the API selects.</summary>
internal static class Selector
{
    /// <summary>Whether it selects what has these labels; an empty selector selects everything.</summary>
    public static bool Matches(Node selector, IReadOnlyDictionary<string, string> labels) =>
        selector["matchLabels"].Fields.All(field => labels.TryGetValue(field.Key, out var value) && value == field.Value.Text)
        && selector["matchExpressions"].Items.All(expression => Holds(expression, labels));

    private static bool Holds(Node expression, IReadOnlyDictionary<string, string> labels)
    {
        var isThere = labels.TryGetValue(expression["key"].Text, out var value);
        var values = expression["values"].Items.Select(item => item.Text).ToList();
        return expression["operator"].Text switch
        {
            "In" => isThere && values.Contains(value!, StringComparer.Ordinal),
            "NotIn" => !isThere || !values.Contains(value!, StringComparer.Ordinal),
            "Exists" => isThere,
            "DoesNotExist" => !isThere,
            var other => throw new InvalidDataException($"A selector has the operator '{other}'."),
        };
    }
}
