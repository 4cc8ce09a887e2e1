using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps kinds of override.</summary>
public static class OverrideKindMapping
{
    /// <summary>Returns the message's form.</summary>
    public static Wire.OverrideKind ToProto(this OverrideKind kind) => kind switch
    {
        OverrideKind.Full => Wire.OverrideKind.Full,
        OverrideKind.Policy => Wire.OverrideKind.Policy,
        OverrideKind.Schedule => Wire.OverrideKind.Schedule,
        OverrideKind.Rates => Wire.OverrideKind.Rates,
        OverrideKind.Budget => Wire.OverrideKind.Budget,
        OverrideKind.Spec => Wire.OverrideKind.Spec,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of override"),
    };

    /// <summary>Returns the kinds in order; what is no kind, or given twice, is noted and left out.</summary>
    internal static ImmutableArray<OverrideKind> ToDomain(IReadOnlyList<Wire.OverrideKind> kinds, FaultList faults)
    {
        var known = new SortedSet<OverrideKind>();
        for (var index = 0; index < kinds.Count; index++)
        {
            if (Find(kinds[index]) is not { } kind)
            {
                faults.Invalid(
                    $"allowedOverrides[{index}]",
                    $"{(int)kinds[index]} is no kind of override, known are 1 (full), 2 (policy), 3 (schedule), 4 (rates), 5 (budget) and 6 (spec)");
            }
            else if (!known.Add(kind))
            {
                faults.Invalid($"allowedOverrides[{index}]", $"{kind} is given twice");
            }
        }

        return [.. known];
    }

    private static OverrideKind? Find(Wire.OverrideKind kind) => kind switch
    {
        Wire.OverrideKind.Full => OverrideKind.Full,
        Wire.OverrideKind.Policy => OverrideKind.Policy,
        Wire.OverrideKind.Schedule => OverrideKind.Schedule,
        Wire.OverrideKind.Rates => OverrideKind.Rates,
        Wire.OverrideKind.Budget => OverrideKind.Budget,
        Wire.OverrideKind.Spec => OverrideKind.Spec,
        _ => null,
    };
}
