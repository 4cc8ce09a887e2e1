using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Contracts.Mapping;

/// <summary>Gathers the faults of a message, each with the path of its field.</summary>
internal sealed class FaultList
{
    private readonly ImmutableArray<PlanFault>.Builder _faults = ImmutableArray.CreateBuilder<PlanFault>();

    /// <summary>Gets whether there is any fault.</summary>
    public bool Any => _faults.Count > 0;

    /// <summary>Adds a fault of the input by itself.</summary>
    public void Invalid(string field, string message) => _faults.Add(new PlanFault(PlanFaultKind.InvalidArgument, field, message));

    /// <summary>Adds a fault unless the number is within the limits, both included.</summary>
    public void Range(string field, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            Invalid(field, $"{value} is outside {least}..{most}");
        }
    }

    /// <summary>Adds faults found elsewhere, their fields placed below <paramref name="prefix"/>.</summary>
    public void AddRange(IEnumerable<PlanFault> faults, string prefix = "")
    {
        foreach (var fault in faults)
        {
            _faults.Add(prefix.Length == 0 ? fault : fault with { Field = Join(prefix, fault.Field) });
        }
    }

    /// <summary>Adds the faults of a checked value below <paramref name="prefix"/> and returns the value, null when it has any.</summary>
    public T? Take<T>(Checked<T> result, string prefix = "")
        where T : class
    {
        AddRange(result.Faults, prefix);
        return result.Value;
    }

    /// <summary>Returns the value, or the faults when there are any.</summary>
    public Checked<T> Check<T>(Func<T> make)
        where T : class => Any ? ToImmutable() : make();

    /// <summary>Returns everything added so far, in order.</summary>
    public ImmutableArray<PlanFault> ToImmutable() => _faults.ToImmutable();

    private static string Join(string prefix, string field) => field.Length == 0 || field[0] == '[' ? prefix + field : $"{prefix}.{field}";
}
