using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Limits one measure of a plan; a plan made for it never exceeds it.</summary>
/// <param name="Kind">What is limited.</param>
/// <param name="Value">The limit in the unit of <paramref name="Kind"/>.</param>
public sealed record Budget(BudgetKind Kind, double Value)
{
    internal const string Known = "mean, flops, tflops, kv, ms";

    /// <summary>Gets the word the kind is written with.</summary>
    public string KindName => NameOf(Kind);

    /// <summary>Parses <c>mean=0.3</c>, <c>flops=0.5</c>, <c>tflops=2.66</c>, <c>kv=1e8</c> or <c>ms=40</c>.</summary>
    public static Checked<Budget> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var faults = new FaultCollector();
        var arguments = new SpecArguments(text, faults);
        var budget = arguments.Budget();
        arguments.RejectUnknown();
        if (budget is null && !faults.Any)
        {
            faults.Invalid("budget", $"'{text}' names no budget, known are {Known}");
        }

        return faults.Any ? faults.ToImmutable() : budget!;
    }

    /// <summary>Returns every fault of the value.</summary>
    public IEnumerable<PlanFault> Validate()
    {
        var isShare = Kind is BudgetKind.MeanKeep or BudgetKind.FlopsShare;
        if (!double.IsFinite(Value) || Value <= 0 || (isShare && Value > 1))
        {
            var limit = isShare ? "above 0 and at most 1" : "above 0 and finite";
            yield return PlanFault.Invalid(KindName, $"budget {this} must be {limit}");
        }
    }

    /// <summary>Writes the form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{KindName}={Value.ToString("R", CultureInfo.InvariantCulture)}";

    internal static string NameOf(BudgetKind kind) => kind switch
    {
        BudgetKind.MeanKeep => "mean",
        BudgetKind.FlopsShare => "flops",
        BudgetKind.Tflops => "tflops",
        BudgetKind.KvBytes => "kv",
        BudgetKind.Milliseconds => "ms",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of budget"),
    };
}
