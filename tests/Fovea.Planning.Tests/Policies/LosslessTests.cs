using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Policies;

public sealed class LosslessTests
{
    private static readonly Schedule First = Rates(4, 0.2);
    private static readonly Schedule Second = Rates(5, 0.4);
    private static readonly Policy Policy = Samples.Policy(
        "default", Samples.Any(new Serving.Lossless()), new ClassRule("count", new Serving.Lossless()));

    [Fact]
    public void Resolve_SeveralSchedules_IsServedByTheNewest()
    {
        var resolution = Resolve("ocr", Of(First, 9), Of(Second, 4));

        Assert.Equal((First.Id, "*"), (resolution.ScheduleId!.Value, resolution.RuleClass));
        Assert.Equal(First.Id.Value, resolution.Plan!.Schedule);
        Assert.Equal(Second.Id, Resolve("ocr", Of(First, 9), Of(Second, 10)).ScheduleId);
    }

    [Fact]
    public void Resolve_ScheduleOfAClass_ServesThatClassOnly()
    {
        LosslessSchedule[] found = [Of(First, 4), Of(Second, 9) with { RequestClass = "count" }];

        Assert.Equal(Second.Id, Resolve("count", found).ScheduleId);
        Assert.Equal(First.Id, Resolve("ocr", found).ScheduleId);
        Assert.Equal(First.Id, Resolve("count", Of(First, 10), found[1]).ScheduleId);
    }

    [Fact]
    public void Resolve_ScheduleOfAnyRevision_Serves() =>
        Assert.Equal(First.Id, Resolve("", Of(First, 4) with { ModelRevision = "*" }).ScheduleId);

    [Theory]
    [InlineData("large", "r1", "")]
    [InlineData("small", "r2", "")]
    [InlineData("small", "r1", "count")]
    public void Resolve_NoneFits_IsAPrecondition(string model, string revision, string requestClass)
    {
        var found = Of(First, 4) with { Model = model, ModelRevision = revision, RequestClass = requestClass };

        var fault = Assert.Single(Resolve("ocr", found).Faults);

        Assert.Equal((PlanFaultKind.FailedPrecondition, "lossless"), (fault.Kind, fault.Field));
        Assert.Contains("revision 'r1' of model 'small' on all questions", fault.Message, StringComparison.Ordinal);
        Assert.Equal(model == "small", fault.Message.Contains($"{First.Id} for revision '{revision}'", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_NoneForAModel_NamesRuleAndModel()
    {
        var context = new PolicyContext { Tables = ModelTables.None, Models = [Samples.SmallProfile, Samples.SmallProfile with { Name = "large" }] };

        var faults = PolicyValidator.Validate(Policy, context);

        Assert.Equal(["rules[0].lossless", "rules[0].lossless", "rules[1].lossless", "rules[1].lossless"], faults.Select(fault => fault.Field));
        Assert.Contains("'large'", faults[1].Message, StringComparison.Ordinal);
        Assert.Empty(PolicyValidator.Validate(Policy, PolicyContext.Nothing));
    }

    [Theory]
    [InlineData("*", "small", 0)]
    [InlineData("small", "small", 0)]
    [InlineData("large", "small", 1)]
    [InlineData("*", null, 1)]
    public void Validate_NoModelIsKnown_TellsByItsName(string model, string? searched, int faults)
    {
        var context = new PolicyContext { Tables = Tables(searched is null ? [] : [Of(First, 4) with { Model = searched }]) };
        var policy = Samples.Policy("p", Samples.Any(new Serving.Lossless())) with { Model = model };

        Assert.Equal(faults, PolicyValidator.Validate(policy, context).Length);
    }

    [Fact]
    public void Validate_RuleOfOneModel_IsCheckedForThatModelOnly()
    {
        var context = new PolicyContext
        {
            Tables = Tables([Of(First, 4)]),
            Models = [Samples.SmallProfile, Samples.SmallProfile with { Name = "large" }],
        };
        var rule = Samples.Any(new Serving.Lossless()) with { Model = "small" };

        Assert.Empty(PolicyValidator.Validate(Samples.Policy("p", rule, Samples.Any(new Serving.Full())), context));
    }

    private static Schedule Rates(int from, double rate) => new("found", "small", new(KeepRates.Steps(12, from, rate), null));

    private static LosslessSchedule Of(Schedule schedule, long revision) => new(schedule.Id, "small", "r1", string.Empty, revision);

    private static ModelTables Tables(LosslessSchedule[] found) => new([], []) { Lossless = [.. found] };

    private static PlanResolution Resolve(string requestClass, params LosslessSchedule[] found) => new PlanResolver().Resolve(
        new PolicySnapshot("e1", 7, [Policy], [First, Second], Tables(found)),
        Samples.SmallProfile,
        Samples.Request() with { RequestClass = requestClass });
}
