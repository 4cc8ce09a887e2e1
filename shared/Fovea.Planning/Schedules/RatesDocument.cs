using System.Text.Json;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Reads the JSON text of a rates file: an array of one number per layer, or an object with <c>rates</c> and <c>floor</c>.
/// </summary>
public static class RatesDocument
{
    /// <summary>Parses the text, or returns every fault.</summary>
    public static Checked<ResolvedSchedule> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            return PlanFault.Invalid("rates", $"not JSON: {exception.Message}");
        }
    }

    private static Checked<ResolvedSchedule> Read(JsonElement root)
    {
        var faults = new FaultCollector();
        var floor = default(int?);
        var array = root;
        if (root.ValueKind == JsonValueKind.Object)
        {
            floor = ReadFloor(root, faults);
            foreach (var property in root.EnumerateObject().Where(property => property.Name is not ("rates" or "floor")))
            {
                faults.Invalid(property.Name, "unknown, only rates and floor can be given");
            }

            root.TryGetProperty("rates", out array);
        }

        var rates = array.ValueKind == JsonValueKind.Array ? ReadRates(array, faults) : null;
        if (array.ValueKind != JsonValueKind.Array)
        {
            faults.Invalid("rates", "must be a JSON array of one number per layer, alone or as 'rates' of an object");
        }

        return faults.Any ? faults.ToImmutable() : new ResolvedSchedule(rates!, floor);
    }

    private static KeepRates? ReadRates(JsonElement array, FaultCollector faults)
    {
        var rates = new double[array.GetArrayLength()];
        var layer = 0;
        var numeric = true;
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out rates[layer]))
            {
                faults.Invalid($"rates[{layer}]", $"{element.GetRawText()} is not a number");
                numeric = false;
            }

            layer++;
        }

        if (!numeric)
        {
            return null;
        }

        var result = KeepRates.Create(rates);
        faults.AddRange(result.Faults);
        return result.Value;
    }

    private static int? ReadFloor(JsonElement root, FaultCollector faults)
    {
        if (!root.TryGetProperty("floor", out var element) || element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var floor) || floor < 0)
        {
            faults.Invalid("floor", $"{element.GetRawText()} is not an integer of at least 0");
            return null;
        }

        return floor;
    }
}
