using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Fovea.Planning.Validation;

/// <summary>Holds either a valid value or every fault that was found on the way to it, never both.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Checked<T>
    where T : class
{
    private Checked(T? value, ImmutableArray<PlanFault> faults)
    {
        Value = value;
        Faults = faults;
    }

    /// <summary>Gets the value, or null if there are faults.</summary>
    public T? Value { get; }

    /// <summary>Gets all faults; empty if there is a value.</summary>
    public ImmutableArray<PlanFault> Faults { get; }

    /// <summary>Gets whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;

    /// <summary>Returns the value, or throws a <see cref="FormatException"/> that lists every fault.</summary>
    public T Require() => Value ?? throw new FormatException(string.Join("; ", Faults));

    /// <summary>Wraps a valid value.</summary>
    public static implicit operator Checked<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, []);
    }

    /// <summary>Wraps one fault.</summary>
    public static implicit operator Checked<T>(PlanFault fault) => new(null, [fault]);

    /// <summary>Wraps several faults; there is at least one.</summary>
    public static implicit operator Checked<T>(ImmutableArray<PlanFault> faults)
    {
        ArgumentOutOfRangeException.ThrowIfZero(faults.Length);
        return new(null, faults);
    }
}
