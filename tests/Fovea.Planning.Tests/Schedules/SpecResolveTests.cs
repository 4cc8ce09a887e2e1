using Fovea.Planning.Schedules;
using Fovea.Planning.Shapes;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Schedules;

public sealed class SpecResolveTests
{
    private static readonly ScheduleContext Context = Samples.Context(Samples.Small, 100, 20);

    [Fact]
    public void Resolve_Full_KeepsEverything() => Assert.True(Resolve("full").Rates.IsFull);

    [Fact]
    public void Resolve_FastV_DropsOnceBeforeLayerK() =>
        Assert.Equal([1, 1, .25, .25, .25, .25, .25, .25, .25, .25, .25, .25], Resolve("fastv:K=2,R=0.75").Rates);

    [Fact]
    public void Resolve_PDrop_IgnoresStagesBeyondTheDepth() =>
        Assert.Equal([1, 1, 1, 1, .5, .5, .5, .5, .25, .25, .25, .25], Resolve("pdrop:layers=4/8/12,keep=0.5/0.25/0.1").Rates);

    [Fact]
    public void Resolve_Vtw_BringsFloorZero()
    {
        var resolved = Resolve("vtw:K=6");

        Assert.Equal(0, resolved.Floor);
        Assert.Equal([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0], resolved.Rates);
    }

    [Fact]
    public void Resolve_Uniform_KeepsTheShareFromFirstOn() =>
        Assert.Equal([1, 1, 1, .5, .5, .5, .5, .5, .5, .5, .5, .5], Resolve("uniform:r=0.5").Rates);

    [Fact]
    public void Resolve_KBeyondTheDepth_KeepsEverything() => Assert.True(Resolve("fastv:K=40,R=0.9").Rates.IsFull);

    [Fact]
    public void Resolve_RatesOfAnotherDepth_NamesBoth()
    {
        var fault = Assert.Single(ScheduleSpec.Parse("rates:[1,0.5]").Require().Resolve(Context).Faults);

        Assert.Equal((PlanFaultKind.InvalidArgument, "2 rates given, but small has 12 layers"), (fault.Kind, fault.Message));
    }

    [Fact]
    public void Resolve_IdWithoutLookup_IsNotFound() =>
        Assert.Equal(PlanFaultKind.NotFound, Assert.Single(ScheduleSpec.Parse("id:00112233445566ff").Require().Resolve(Context).Faults).Kind);

    [Fact]
    public void Resolve_Id_TakesRatesAndFloorOfTheSchedule()
    {
        var schedule = new Schedule("found", "small", new(KeepRates.Full(12), 3));
        var context = Context with { Schedules = id => id == schedule.Id ? schedule : null };

        Assert.Equal(new ResolvedSchedule(KeepRates.Full(12), 3), new IdSpec(schedule.Id).Resolve(context).Require());
    }

    [Fact]
    public void Resolve_IdOfAnotherDepth_IsAPrecondition()
    {
        var schedule = new Schedule("found", "*", new(KeepRates.Full(8), null));
        var fault = Assert.Single(new IdSpec(schedule.Id).Resolve(Context with { Schedules = _ => schedule }).Faults);

        Assert.Equal(PlanFaultKind.FailedPrecondition, fault.Kind);
        Assert.Contains("has 8 layers, but small has 12", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_AnySpec_GivesOneValidRatePerLayer() =>
        Generators.Check(Generators.Spec, spec =>
        {
            var resolved = spec.Resolve(Samples.Context(KnownShapes.Get("llava-1.5-7b"), 576, 75));

            if (resolved.IsValid)
            {
                Assert.Equal(resolved.Value.Rates, KeepRates.Create(resolved.Value.Rates.AsSpan()).Require());
                Assert.Equal(32, resolved.Value.Rates.Count);
            }
            else
            {
                Assert.True(spec is RatesSpec or IdSpec or BudgetedSpec);
            }
        });

    private static ResolvedSchedule Resolve(string spec) => ScheduleSpec.Parse(spec).Require().Resolve(Context).Require();
}
