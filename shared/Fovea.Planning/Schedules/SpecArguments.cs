using System.Collections.Immutable;
using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Reads <c>key=value</c> pairs separated by commas and notes every fault; a key is read once.</summary>
internal sealed class SpecArguments
{
    private static readonly ImmutableArray<BudgetKind> Kinds = [.. Enum.GetValues<BudgetKind>()];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];
    private readonly FaultCollector _faults;

    /// <summary>Splits the text; malformed and repeated keys are noted in <paramref name="faults"/>.</summary>
    public SpecArguments(string text, FaultCollector faults)
    {
        _faults = faults;
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                faults.Invalid("spec", $"'{pair}' is not of the form key=value");
            }
            else if (!_values.TryAdd(pair[..equals].TrimEnd(), pair[(equals + 1)..].TrimStart()))
            {
                faults.Invalid(pair[..equals], "given twice");
            }
        }
    }

    /// <summary>Returns whether the key was given.</summary>
    public bool Has(string key)
    {
        _known.Add(key);
        return _values.ContainsKey(key);
    }

    /// <summary>Reads a number within a range; null if it is absent or faulty.</summary>
    public double? Number(string key, double min, double max)
    {
        if (!Has(key))
        {
            return null;
        }

        if (!TryNumber(_values[key], out var value) || value < min || value > max)
        {
            _faults.Invalid(key, FormattableString.Invariant($"'{_values[key]}' is not a number within {min:R}..{max:R}"));
            return null;
        }

        return value;
    }

    /// <summary>Reads an integer within a range, or its default if it is absent; null if it is faulty or needed and absent.</summary>
    public int? Integer(string key, int min, int max, int? fallback = null)
    {
        if (!Has(key))
        {
            return fallback ?? Absent<int>(key);
        }

        if (!int.TryParse(_values[key], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < min || value > max)
        {
            _faults.Invalid(key, FormattableString.Invariant($"'{_values[key]}' is not an integer within {min}..{max}"));
            return null;
        }

        return value;
    }

    /// <summary>Reads a number that has to be given.</summary>
    public double? NeededNumber(string key, double min, double max) =>
        _values.ContainsKey(key) ? Number(key, min, max) : Absent<double>(key);

    /// <summary>Reads numbers separated by slashes; null if they are absent or faulty.</summary>
    public ImmutableArray<double>? Numbers(string key)
    {
        if (!Has(key))
        {
            _ = Absent<double>(key);
            return null;
        }

        var numbers = ImmutableArray.CreateBuilder<double>();
        foreach (var part in _values[key].Split('/'))
        {
            if (!TryNumber(part, out var value))
            {
                _faults.Invalid(key, $"'{part}' is not a number; numbers are separated by /");
                return null;
            }

            numbers.Add(value);
        }

        return numbers.ToImmutable();
    }

    /// <summary>Returns whether any budget was given.</summary>
    public bool HasBudget() => Kinds.Count(kind => Has(Schedules.Budget.NameOf(kind))) > 0; // asks for each, so that each counts as known

    /// <summary>Returns whether a budget was given in place of a parameter; both together are a fault.</summary>
    public bool OneOf(string parameter, FaultCollector faults)
    {
        var hasBudget = HasBudget();
        if (hasBudget && Has(parameter))
        {
            faults.Invalid(parameter, $"either {parameter} or one budget ({Schedules.Budget.Known}) can be given, not both");
        }

        return hasBudget;
    }

    /// <summary>Reads the one budget that is given; null if there is none or it is faulty.</summary>
    public Budget? Budget()
    {
        var given = Kinds.Where(kind => Has(Schedules.Budget.NameOf(kind))).ToArray();
        if (given.Length > 1)
        {
            _faults.Invalid("budget", $"only one budget can be given, not {string.Join(" and ", given.Select(Schedules.Budget.NameOf))}");
        }

        if (given.Length == 0 || Number(Schedules.Budget.NameOf(given[0]), double.MinValue, double.MaxValue) is not { } value)
        {
            return null;
        }

        var budget = new Budget(given[0], value);
        _faults.AddRange([.. budget.Validate()]);
        return budget;
    }

    /// <summary>Notes every key that was given but never asked for.</summary>
    public void RejectUnknown()
    {
        foreach (var key in _values.Keys.Where(key => !_known.Contains(key)))
        {
            _faults.Invalid(key, $"'{key}' is unknown here, known are {string.Join(", ", _known.Distinct())}");
        }
    }

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private T? Absent<T>(string key)
        where T : struct
    {
        _known.Add(key);
        _faults.Invalid(key, $"'{key}' is needed");
        return null;
    }
}
