using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Fovea.Cli.Policies;

/// <summary>Reads one mapping of a YAML file and notes every fault with its line and path.</summary>
internal sealed class YamlSection
{
    private readonly YamlMappingNode _node;
    private readonly string _path;
    private readonly List<string> _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Wraps a mapping; <paramref name="path"/> is empty for the whole file.</summary>
    public YamlSection(YamlMappingNode node, string path, List<string> faults) => (_node, _path, _faults) = (node, path, faults);

    /// <summary>Returns the value of a key, or null when it is absent; the key counts as known from now on.</summary>
    public YamlNode? Find(string key)
    {
        _known.Add(key);
        return _node.Children.FirstOrDefault(child => child.Key is YamlScalarNode { Value: { } name } && name == key).Value;
    }

    /// <summary>Returns a text, or null when it is absent or no scalar.</summary>
    public string? Text(string key)
    {
        var node = Find(key);
        if (node is null or YamlScalarNode { Value: not null })
        {
            return (node as YamlScalarNode)?.Value;
        }

        Fault(node, key, "must be a text");
        return null;
    }

    /// <summary>Returns a number, or null.</summary>
    public double? Number(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Fault(Find(key)!, key, $"'{text}' is not a number");
        return null;
    }

    /// <summary>Returns an integer of at least 0, or null.</summary>
    public int? Count(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        Fault(Find(key)!, key, $"'{text}' is not an integer of at least 0");
        return null;
    }

    /// <summary>Returns true or false, or null.</summary>
    public bool? Flag(string key) => Choice(key, new Dictionary<string, bool?>(StringComparer.Ordinal) { ["true"] = true, ["false"] = false });

    /// <summary>Returns what the text stands for, or the default of the type when it is absent or unknown.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> known)
    {
        if (Text(key) is not { } text)
        {
            return default;
        }

        if (known.TryGetValue(text, out var value))
        {
            return value;
        }

        Fault(Find(key)!, key, $"'{text}' is unknown, known are {string.Join(", ", known.Keys)}");
        return default;
    }

    /// <summary>Returns what the words of a list stand for; none when it is absent, an empty list is a fault.</summary>
    public IReadOnlyList<T> Choices<T>(string key, IReadOnlyDictionary<string, T> known)
    {
        var node = Find(key);
        if (node is null)
        {
            return [];
        }

        if (node is not YamlSequenceNode { Children: { Count: > 0 } items })
        {
            Fault(node, key, $"must be a list of at least one of {string.Join(", ", known.Keys)}");
            return [];
        }

        var values = new List<T>();
        for (var index = 0; index < items.Count; index++)
        {
            var text = (items[index] as YamlScalarNode)?.Value ?? items[index].ToString();
            if (known.TryGetValue(text, out var value))
            {
                values.Add(value);
            }
            else
            {
                Fault(items[index], $"{key}[{index}]", $"'{text}' is unknown, known are {string.Join(", ", known.Keys)}");
            }
        }

        return values;
    }

    /// <summary>Returns a mapping below the key, or null when it is absent; what is no mapping is a fault.</summary>
    public YamlSection? Mapping(string key)
    {
        var node = Find(key);
        if (node is null or YamlMappingNode)
        {
            return node is YamlMappingNode mapping ? Nested(key, mapping) : null;
        }

        Fault(node, key, "must be a mapping");
        return null;
    }

    /// <summary>Returns the mappings of a list; an absent list and items that are no mappings are faults.</summary>
    public IReadOnlyList<YamlSection> Sections(string key)
    {
        if (Find(key) is not YamlSequenceNode { Children: { Count: > 0 } items })
        {
            Fault(Find(key) ?? _node, key, "must be a list of at least one item");
            return [];
        }

        var sections = new List<YamlSection>();
        for (var index = 0; index < items.Count; index++)
        {
            var path = PathOf($"{key}[{index}]");
            if (items[index] is YamlMappingNode mapping)
            {
                sections.Add(new(mapping, path, _faults));
            }
            else
            {
                _faults.Add($"line {items[index].Start.Line}: {path}: must be a mapping");
            }
        }

        return sections;
    }

    /// <summary>Returns a nested mapping under the same list of faults.</summary>
    public YamlSection Nested(string key, YamlMappingNode mapping) => new(mapping, PathOf(key), _faults);

    /// <summary>Notes a fault of the mapping itself.</summary>
    public void Fault(string message) => _faults.Add($"line {_node.Start.Line}: {(_path.Length == 0 ? string.Empty : $"{_path}: ")}{message}");

    /// <summary>Notes a fault of a key.</summary>
    public void Fault(YamlNode where, string key, string message) => _faults.Add($"line {where.Start.Line}: {PathOf(key)}: {message}");

    /// <summary>Makes every key that was not asked for a fault.</summary>
    public void RejectUnknown()
    {
        foreach (var key in _node.Children.Keys)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!_known.Contains(name))
            {
                Fault(key, name, $"unknown key, known are {string.Join(", ", _known)}");
            }
        }
    }

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
