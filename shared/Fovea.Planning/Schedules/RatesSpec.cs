using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Gives the rates of each layer themselves: <c>rates:[1,1,0.5]</c> or <c>rates:{"rates":[1,1,0.5],"floor":0}</c>.</summary>
/// <param name="Rates">Keep rate of each layer; as many as the model has layers.</param>
/// <param name="Floor">Fewest tokens a layer keeps, or null to use the policy's.</param>
public sealed record RatesSpec(KeepRates Rates, int? Floor = null) : ScheduleSpec
{
    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context) =>
        Rates.Count == context.Shape.Layers
            ? new ResolvedSchedule(Rates, Floor)
            : PlanFault.Invalid("rates", $"{Rates.Count} rates given, but {context.Shape.Name} has {context.Shape.Layers} layers");

    /// <inheritdoc/>
    public override string ToString() =>
        Floor is { } floor ? string.Create(CultureInfo.InvariantCulture, $"rates:{{\"rates\":{Rates},\"floor\":{floor}}}") : $"rates:{Rates}";
}
