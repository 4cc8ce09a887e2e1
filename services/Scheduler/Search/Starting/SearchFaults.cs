using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Scheduler.Search.Starting;

/// <summary>Gathers the faults of a request to search, so that all are told at once.</summary>
internal sealed class SearchFaults
{
    private readonly ImmutableArray<PlanFault>.Builder _faults = ImmutableArray.CreateBuilder<PlanFault>();

    /// <summary>Gets whether there is any.</summary>
    public bool Any => _faults.Count > 0;

    /// <summary>Gets the faults in the order found.</summary>
    public ImmutableArray<PlanFault> All => _faults.ToImmutable();

    /// <summary>Adds a fault of the request by itself.</summary>
    public void Invalid(string field, string message) => _faults.Add(new PlanFault(PlanFaultKind.InvalidArgument, field, message));

    /// <summary>Adds a fault of what the fleet is now.</summary>
    public void Precondition(string field, string message) => _faults.Add(new PlanFault(PlanFaultKind.FailedPrecondition, field, message));

    /// <summary>Adds a fault of a reference that leads nowhere.</summary>
    public void Missing(string field, string message) => _faults.Add(new PlanFault(PlanFaultKind.NotFound, field, message));

    /// <summary>Adds faults found elsewhere under one field.</summary>
    public void AddRange(IEnumerable<PlanFault> faults, string field) => _faults.AddRange(faults.Select(fault => fault with { Field = field }));

    /// <summary>Adds a fault unless the number is within the limits, both included.</summary>
    public void Range(string field, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            Invalid(field, FormattableString.Invariant($"{value:R} is outside {least:R}..{most:R}"));
        }
    }

    /// <summary>Adds a fault unless an enum's value is one that is named.</summary>
    public void Known<T>(string field, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Invalid(field, $"{value} is unknown");
        }
    }
}
