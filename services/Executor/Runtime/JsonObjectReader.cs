using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Fovea.Executor.Runtime;

/// <summary>
/// Reads the fields of one JSON object; a missing field, a wrong type or a value out of range becomes a fault with file and path.
/// </summary>
/// <remarks>JSON null counts as missing. After a fault the fallback is returned, so that reading goes on and finds the next one.</remarks>
internal sealed class JsonObjectReader
{
    private readonly JsonElement _element;
    private readonly string _path;

    /// <summary>Reads <paramref name="element"/>; anything but an object is a fault and reads as an empty object.</summary>
    public JsonObjectReader(JsonElement element, string file, string path, FaultList faults)
    {
        File = file;
        Faults = faults;
        _path = path;
        _element = element;
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{file}: {path} is {JsonKinds.Name(element.ValueKind)} where an object is needed");
        }
    }

    /// <summary>The file's name as it appears in faults.</summary>
    public string File { get; }

    /// <summary>Where faults are collected.</summary>
    public FaultList Faults { get; }

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string name) => TryGet(name, out _);

    /// <summary>Adds a fault about the field <paramref name="name"/>.</summary>
    public void Fault(string name, string message) => Faults.Add($"{File}: {PathOf(name)} {message}");

    /// <summary>The path of a field, as faults write it.</summary>
    public string PathOf(string name) => $"{_path}.{name}";

    /// <summary>The raw field, or false when it is missing or null.</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>
    /// A whole number in [<paramref name="min"/>, <paramref name="max"/>], or <paramref name="fallback"/> when it is missing.
    /// </summary>
    public int Int(string name, int fallback, int min, int max) => OptionalInt(name, min, max) ?? fallback;

    /// <summary>A whole number in range; missing is a fault.</summary>
    public int RequiredInt(string name, int min, int max) => Require(name) ? OptionalInt(name, min, max) ?? min : min;

    /// <summary>A whole number in range, or null when it is missing or wrong.</summary>
    public int? OptionalInt(string name, int min, int max)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            Fault(name, $"is {JsonKinds.Show(value)} where a whole number is needed");
            return null;
        }

        if (number < min || number > max)
        {
            Fault(name, $"is {number}, outside [{min}, {max}]");
            return null;
        }

        return (int)number;
    }

    /// <summary>
    /// A finite number in [<paramref name="min"/>, <paramref name="max"/>], or <paramref name="fallback"/> when it is missing.
    /// </summary>
    public double Double(string name, double fallback, double min, double max)
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            Fault(name, $"is {JsonKinds.Show(value)} where a finite number is needed");
            return fallback;
        }

        if (number < min || number > max)
        {
            Fault(name, $"is {number}, outside [{min}, {max}]");
            return fallback;
        }

        return number;
    }

    /// <summary>A truth value, or <paramref name="fallback"/> when it is missing.</summary>
    public bool Bool(string name, bool fallback)
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault(name, $"is {JsonKinds.Show(value)} where true or false is needed");
            return fallback;
        }

        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>A string, or <paramref name="fallback"/> when it is missing.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public string? String(string name, string? fallback)
    {
        if (!TryGet(name, out var value))
        {
            return fallback;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Fault(name, $"is {JsonKinds.Show(value)} where a string is needed");
            return fallback;
        }

        return value.GetString() ?? fallback;
    }

    /// <summary>A string; missing is a fault and gives the empty string.</summary>
    public string RequiredString(string name) => Require(name) ? String(name, string.Empty) : string.Empty;

    /// <summary>A nested object, or null when it is missing or no object (then a fault).</summary>
    public JsonObjectReader? Object(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new JsonObjectReader(value, File, PathOf(name), Faults);
        }

        Fault(name, $"is {JsonKinds.Show(value)} where an object is needed");
        return null;
    }

    /// <summary>A nested object; missing is a fault too.</summary>
    public JsonObjectReader? RequiredObject(string name) => Require(name) ? Object(name) : null;

    /// <summary>The elements of an array; empty when it is missing or no array (then a fault).</summary>
    public IEnumerable<JsonElement> Array(string name)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray();
        }

        Fault(name, $"is {JsonKinds.Show(value)} where an array is needed");
        return [];
    }

    /// <summary>The objects of an array, each with its own path; elements of another type are faults.</summary>
    public IEnumerable<JsonObjectReader> Objects(string name)
    {
        var index = 0;
        foreach (var element in Array(name))
        {
            yield return new JsonObjectReader(element, File, $"{PathOf(name)}[{index++}]", Faults);
        }
    }

    /// <summary>The fields of this object in file order; empty when it is no object.</summary>
    public IEnumerable<JsonProperty> Properties() => _element.ValueKind == JsonValueKind.Object ? _element.EnumerateObject() : [];

    private bool Require(string name)
    {
        if (Has(name))
        {
            return true;
        }

        Fault(name, "is missing");
        return false;
    }
}
