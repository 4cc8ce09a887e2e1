using System.Collections.Immutable;

namespace Fovea.Planning.Validation;

/// <summary>Gathers faults so that a validator can report all of them at once.</summary>
internal sealed class FaultCollector
{
    private readonly ImmutableArray<PlanFault>.Builder _faults = ImmutableArray.CreateBuilder<PlanFault>();

    /// <summary>Gets whether any fault was added.</summary>
    public bool Any => _faults.Count > 0;

    /// <summary>Adds a fault of the input itself.</summary>
    public void Invalid(string field, string message) => _faults.Add(PlanFault.Invalid(field, message));

    /// <summary>Adds a fault of any kind.</summary>
    public void Add(PlanFault fault) => _faults.Add(fault);

    /// <summary>Adds faults found elsewhere, with their field placed below <paramref name="prefix"/>.</summary>
    public void AddRange(ImmutableArray<PlanFault> faults, string prefix = "")
    {
        foreach (var fault in faults)
        {
            _faults.Add(prefix.Length == 0 ? fault : fault with { Field = Join(prefix, fault.Field) });
        }
    }

    /// <summary>Returns everything added so far, in order.</summary>
    public ImmutableArray<PlanFault> ToImmutable() => _faults.ToImmutable();

    private static string Join(string prefix, string field) => field.Length == 0 || field[0] == '[' ? prefix + field : $"{prefix}.{field}";
}
