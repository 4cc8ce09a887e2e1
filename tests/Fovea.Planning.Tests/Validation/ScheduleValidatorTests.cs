using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Validation;

public sealed class ScheduleValidatorTests
{
    private static readonly ScheduleDraft Draft = new("found", "small", "*", null, "search 1");

    [Fact]
    public void Create_Good_MakesTheSchedule()
    {
        var schedule = ScheduleValidator.Create(Draft, KeepRates.Full(12).AsSpan(), [Samples.SmallProfile]).Require();

        Assert.Equal(new Schedule("found", "small", new(KeepRates.Full(12), null), "*", "search 1"), schedule);
    }

    [Fact]
    public void Create_EverythingWrong_NamesEveryFault()
    {
        var draft = new ScheduleDraft("", "small", "r2", -1, "");

        var faults = ScheduleValidator.Create(draft, [1, 0.5, 0.6], [Samples.SmallProfile]).Faults;

        Assert.Equal(["rates[2]", "name", "floor", "schedule", "schedule"], faults.Select(fault => fault.Field));
    }

    [Fact]
    public void Create_NoRates_IsAFault() =>
        Assert.Contains(ScheduleValidator.Create(Draft, [], []).Faults, fault => fault.Field == "rates");

    [Fact]
    public void Validate_ModelNotServed_IsNotCompared() =>
        Assert.Empty(ScheduleValidator.Validate(new Schedule("s", "large", new(KeepRates.Full(40), null)), [Samples.SmallProfile]));
}
