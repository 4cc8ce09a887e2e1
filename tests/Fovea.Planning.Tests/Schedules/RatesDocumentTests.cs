using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tests.Schedules;

public sealed class RatesDocumentTests
{
    [Fact]
    public void Parse_Array_HasNoFloor() =>
        Assert.Equal(new ResolvedSchedule(KeepRates.Create([1, 0.5]).Require(), null), RatesDocument.Parse("[1, 0.5]").Require());

    [Fact]
    public void Parse_Object_HasItsFloor() =>
        Assert.Equal(new ResolvedSchedule(KeepRates.Create([1, 0]).Require(), 0), RatesDocument.Parse("{\"rates\":[1,0],\"floor\":0}").Require());

    [Theory]
    [InlineData("oops", "rates")]
    [InlineData("{}", "rates")]
    [InlineData("3", "rates")]
    [InlineData("[]", "rates")]
    [InlineData("[1,\"a\",null]", "rates[1] rates[2]")]
    [InlineData("[1,1e999]", "rates[1]")]
    [InlineData("{\"rates\":[1,2],\"floor\":-1,\"name\":\"x\"}", "floor name rates[1]")]
    public void Parse_Faulty_NamesEveryField(string json, string fields) =>
        Assert.Equal(fields.Split(' '), RatesDocument.Parse(json).Faults.Select(fault => fault.Field));
}
