using Fovea.Cli.Plans;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Plans;

public sealed class PlanArgumentTests
{
    [Fact]
    public void Parse_EachForm_SetsItsArm()
    {
        Assert.True(Parse("full").Full);
        Assert.Equal("fast", Parse("policy:fast").Policy);
        Assert.Equal("s-0123456789abcdef", Parse("schedule:s-0123456789abcdef").ScheduleId);
        Assert.Equal("s-0123456789abcdef", Parse("id:0123456789abcdef").ScheduleId);
        Assert.Equal(0.3, Parse("budget:mean=0.3").Budget.MeanKeep);
        Assert.Equal(0.5, Parse("budget:flops=0.5").Budget.FlopsShare);
        Assert.Equal(2.5, Parse("budget:tflops=2.5").Budget.Tflops);
        Assert.Equal(1e6, Parse("budget:kv=1000000").Budget.KvBytes);
        Assert.Equal("fastv:K=2,R=0.5", Parse("fastv:K=2,R=0.5").Spec);
    }

    [Fact]
    public void Parse_RatesFile_CarriesRatesAndFloor()
    {
        var plan = PlanArgument.Parse("rates:some.json", path => path == "some.json" ? """{"rates":[1,0.5],"floor":0}""" : throw new IOException(path)).Require();

        Assert.Equal([1, 0.5], plan.Rates.Rates);
        Assert.True(plan.Rates.HasFloor);
        Assert.Equal(0, plan.Rates.Floor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("policy:")]
    [InlineData("schedule:xyz")]
    [InlineData("budget:mean=2")]
    [InlineData("budget:pixels=1")]
    [InlineData("rates:[0.5,1]")]
    [InlineData("full:really")]
    public void Parse_BadText_IsAFault(string text)
    {
        var plan = PlanArgument.Parse(text, _ => throw new IOException("none"));

        Assert.False(plan.IsValid);
        Assert.NotEmpty(plan.Faults);
    }

    private static PlanOverride Parse(string text) => PlanArgument.Parse(text, _ => throw new IOException("none")).Require();
}
