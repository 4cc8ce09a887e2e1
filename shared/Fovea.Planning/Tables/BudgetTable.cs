using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tables;

/// <summary>Holds the sigmoid shapes that one search found for several budgets of a model; serves any budget between them.</summary>
/// <remarks>
/// Between two points slope and amplitude are linear in the mean keep rate, and the shift is solved for the request, so
/// that no budget is exceeded; see <see cref="BudgetTableSolver"/>.
/// </remarks>
public sealed record BudgetTable
{
    /// <summary>Gets the name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the revision of the model's weights, or <c>*</c> for any.</summary>
    public string ModelRevision { get; init; } = Schedule.Any;

    /// <summary>Gets the first 0-based layer that sees fewer tokens, at least 1.</summary>
    public int First { get; init; } = ScheduleSpec.DefaultFirst;

    /// <summary>Gets the floor of the search; a layer keeps this many tokens or the policy's floor, whichever is more.</summary>
    public int Floor { get; init; }

    /// <summary>Gets the points by ascending mean keep rate, at least one.</summary>
    public required ImmutableArray<BudgetPoint> Points { get; init; }

    /// <summary>Gets the search that found the points.</summary>
    public required string SearchId { get; init; }

    /// <summary>Gets how its shapes were made to drop tokens, or null to use the policy's way; its seed is 0.</summary>
    public PlanModes? Modes { get; init; }

    /// <summary>Gets the least mean keep rate served.</summary>
    public double Least => Points[0].MeanKeep;

    /// <summary>Gets the largest mean keep rate served.</summary>
    public double Most => Points[^1].MeanKeep;

    /// <summary>
    /// Returns the schedule that spends as much of the budget as its shape can, or an infeasible fault that carries the
    /// nearest budget of the same kind.
    /// </summary>
    public Checked<ResolvedSchedule> Resolve(Budget budget, ScheduleContext context)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(context);
        return BudgetTableSolver.Resolve(this, budget, context);
    }

    /// <summary>Returns the shape for a mean keep rate; outside the points that of the nearest one.</summary>
    public BudgetPoint ShapeAt(double meanKeep)
    {
        if (meanKeep <= Least)
        {
            return Points[0] with { MeanKeep = meanKeep };
        }

        for (var right = 1; right < Points.Length; right++)
        {
            if (meanKeep < Points[right].MeanKeep)
            {
                return Between(Points[right - 1], Points[right], meanKeep);
            }

            if (meanKeep == Points[right].MeanKeep)
            {
                return Points[right];
            }
        }

        return Points[^1] with { MeanKeep = meanKeep };
    }

    /// <summary>Returns every fault.</summary>
    public ImmutableArray<PlanFault> Validate()
    {
        var faults = new FaultCollector();
        Names.Check("model", Model, false, faults);
        Names.Check("modelRevision", ModelRevision, true, faults);
        Names.Check("searchId", SearchId, false, faults);
        if (First < 1)
        {
            faults.Invalid("firstDropLayer", $"{First} must be at least 1");
        }

        if (Floor < 0)
        {
            faults.Invalid("floor", $"{Floor} is negative");
        }

        if (Points.IsDefaultOrEmpty)
        {
            faults.Invalid("points", "no points given, at least one is needed");
            return faults.ToImmutable();
        }

        for (var index = 0; index < Points.Length; index++)
        {
            CheckPoint(index, faults);
        }

        return faults.ToImmutable();
    }

    /// <summary>Returns whether both hold the same points for the same model.</summary>
    public bool Equals(BudgetTable? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && (Model, ModelRevision, First, Floor, SearchId) == (other.Model, other.ModelRevision, other.First, other.Floor, other.SearchId)
            && Sequences.AreEqual(Points, other.Points));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Model, ModelRevision, SearchId, First, Points.Length);

    private static BudgetPoint Between(BudgetPoint left, BudgetPoint right, double meanKeep)
    {
        var share = (meanKeep - left.MeanKeep) / (right.MeanKeep - left.MeanKeep);
        return new(
            meanKeep,
            left.Slope + (share * (right.Slope - left.Slope)),
            left.Amplitude + (share * (right.Amplitude - left.Amplitude)));
    }

    private void CheckPoint(int index, FaultCollector faults)
    {
        var point = Points[index];
        var least = index == 0 ? 0 : Points[index - 1].MeanKeep;
        Check("meanKeep", point.MeanKeep, least, 1);
        Check("slope", point.Slope, 0, SigmoidSpec.MaxSlope);
        Check("amplitude", point.Amplitude, 0, SigmoidSpec.MaxAmplitude);

        void Check(string name, double value, double above, double most)
        {
            if (!(value > above && value <= most))
            {
                faults.Invalid($"points[{index}].{name}", FormattableString.Invariant($"{value} must be above {above} and at most {most}"));
            }
        }
    }
}
