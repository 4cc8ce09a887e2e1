using System.Text.Json;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Shapes;

/// <summary>Reads one object of a model configuration and notes every fault under its path.</summary>
internal sealed class ConfigSection
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly FaultCollector _faults;

    /// <summary>Wraps an object; <paramref name="path"/> is empty for the root.</summary>
    public ConfigSection(JsonElement element, string path, FaultCollector faults)
    {
        _element = element;
        _path = path;
        _faults = faults;
    }

    /// <summary>Returns whether a key has a value.</summary>
    public bool Has(string key) => TryFind(key, out _);

    /// <summary>Returns a nested object; an absent one is a fault, and then every key in it counts as absent.</summary>
    public ConfigSection Section(string key)
    {
        if (TryFind(key, out var nested) && nested.ValueKind == JsonValueKind.Object)
        {
            return new(nested, Path(key), _faults);
        }

        _faults.Invalid(Path(key), "an object is needed");
        return new(default, Path(key), new FaultCollector());
    }

    /// <summary>Returns a string, or the fallback if it is absent.</summary>
    public string Text(string key, string fallback) =>
        TryFind(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : fallback;

    /// <summary>Returns an integer of at least 1, or the fallback if it is absent; without a fallback that is a fault.</summary>
    public int Size(string key, int? fallback = null)
    {
        if (!TryFind(key, out var value))
        {
            return fallback ?? Fault(key, "is needed");
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size) && size >= 1
            ? size
            : Fault(key, $"{value.GetRawText()} is not an integer of at least 1");
    }

    /// <summary>Returns the area of an image or patch that is given as one side or as height and width.</summary>
    public (int Height, int Width) Sides(string key, int? fallback = null)
    {
        if (!TryFind(key, out var value) || value.ValueKind != JsonValueKind.Array)
        {
            var side = Size(key, fallback);
            return (side, side);
        }

        var sides = value.EnumerateArray().Select(side => side.ValueKind == JsonValueKind.Number && side.TryGetInt32(out var size) ? size : 0).ToArray();
        if (sides.Length == 2 && sides[0] >= 1 && sides[1] >= 1)
        {
            return (sides[0], sides[1]);
        }

        var one = Fault(key, $"{value.GetRawText()} is not a height and a width of at least 1");
        return (one, one);
    }

    /// <summary>Returns a number above 0, or the fallback if it is absent.</summary>
    public double Positive(string key, double fallback)
    {
        if (!TryFind(key, out var value))
        {
            return fallback;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number > 0 && double.IsFinite(number)
            ? number
            : Fault(key, $"{value.GetRawText()} is not a number above 0");
    }

    /// <summary>
    /// Returns the layers that are run to get hidden state <c>key</c> (negative: counted from the end), which may be a list.
    /// </summary>
    public (int Run, int Features) FeatureLayer(string key, int fallback, int layers)
    {
        var indices = new List<int>();
        if (!TryFind(key, out var value))
        {
            indices.Add(fallback);
        }
        else
        {
            foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [value])
            {
                indices.Add(item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var index) ? index : int.MinValue);
            }
        }

        var runs = indices.ConvertAll(index => index < 0 ? layers + 1 + (long)index : index);
        if (runs.Count == 0 || runs.Exists(run => run < 1 || run > layers))
        {
            return (Fault(key, $"names no layer of {layers}"), 1);
        }

        return ((int)runs.Max(), runs.Count);
    }

    /// <summary>Notes a fault of a key and returns 1, a size that lets reading go on.</summary>
    public int Fault(string key, string message)
    {
        _faults.Invalid(Path(key), message);
        return 1;
    }

    private bool TryFind(string key, out JsonElement value)
    {
        value = default;
        return _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private string Path(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
