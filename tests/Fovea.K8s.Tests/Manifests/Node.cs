using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Fovea.K8s.Tests.Manifests;

/// <summary>A place in a manifest; what is not there is an empty place.</summary>
internal readonly record struct Node(YamlNode? Yaml)
{
    /// <summary>Whether anything is there.</summary>
    public bool Exists => Yaml is not null;

    /// <summary>The text of a scalar; empty when there is none.</summary>
    public string Text => (Yaml as YamlScalarNode)?.Value ?? string.Empty;

    /// <summary>The number of a scalar; null when there is none.</summary>
    public int? Number => int.TryParse(Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The items of a list.</summary>
    public IEnumerable<Node> Items => (Yaml as YamlSequenceNode)?.Children.Select(child => new Node(child)) ?? [];

    /// <summary>The fields of an object.</summary>
    public IEnumerable<KeyValuePair<string, Node>> Fields =>
        (Yaml as YamlMappingNode)?.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, new Node(child.Value))) ?? [];

    /// <summary>Every place below this one, itself included.</summary>
    public IEnumerable<Node> All => Items.Concat(Fields.Select(pair => pair.Value)).SelectMany(node => node.All).Prepend(this);

    /// <summary>The field of this name.</summary>
    public Node this[string name] =>
        Yaml is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var child) ? new Node(child) : default;

    /// <summary>The place below this one that the path leads to.</summary>
    public Node At(params string[] path)
    {
        var node = this;
        foreach (var name in path)
        {
            node = node[name];
        }

        return node;
    }

    /// <summary>The fields as texts.</summary>
    public IReadOnlyDictionary<string, string> ToTexts() => Fields.ToDictionary(field => field.Key, field => field.Value.Text, StringComparer.Ordinal);
}
