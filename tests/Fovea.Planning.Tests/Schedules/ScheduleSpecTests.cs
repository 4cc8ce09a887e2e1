using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Schedules;

public sealed class ScheduleSpecTests
{
    [Theory]
    [InlineData("full", "full")]
    [InlineData("fastv:K=2,R=0.5", "fastv:K=2,R=0.5")]
    [InlineData("fastv: R=.875 , K=2", "fastv:K=2,R=0.875")]
    [InlineData("pdrop:layers=8/16/24,keep=0.5/0.25/0.125", "pdrop:layers=8/16/24,keep=0.5/0.25/0.125")]
    [InlineData("vtw:K=16", "vtw:K=16")]
    [InlineData("sigmoid:k=0.22,A=0.76,c=12.2", "sigmoid:k=0.22,A=0.76,c=12.2,first=3")]
    [InlineData("sigmoid:k=0.22,A=0.76,mean=0.3", "sigmoid:k=0.22,A=0.76,mean=0.3,first=3")]
    [InlineData("sigmoid:tflops=2.66,first=2", "sigmoid:tflops=2.66,first=2")]
    [InlineData("uniform:r=0.5", "uniform:r=0.5,first=3")]
    [InlineData("sparsevlm:layers=2/6/15,keep=.5/.25/.1", "sparsevlm:layers=2/6/15,keep=0.5/0.25/0.1")]
    [InlineData("sparsevlm: mean=0.3, layers=2/6/15", "sparsevlm:layers=2/6/15,mean=0.3")]
    [InlineData("fastv:K=2,mean=.3", "fastv:K=2,mean=0.3")]
    [InlineData("pdrop:layers=8/16/24,flops=0.5", "pdrop:layers=8/16/24,flops=0.5")]
    [InlineData("vtw:kv=1e8", "vtw:kv=100000000")]
    [InlineData("uniform:tflops=2.5", "uniform:tflops=2.5,first=3")]
    [InlineData("sigmoid:ms=40", "sigmoid:ms=40,first=3")]
    [InlineData("pool: size=2", "pool:size=2")]
    [InlineData("rates: [1, 1, 0.5]", "rates:[1,1,0.5]")]
    [InlineData("rates:{\"floor\":0,\"rates\":[1,0]}", "rates:{\"rates\":[1,0],\"floor\":0}")]
    [InlineData("id:s-00112233445566ff", "id:00112233445566ff")]
    public void Parse_Form_IsWrittenCanonically(string text, string canonical) =>
        Assert.Equal(canonical, ScheduleSpec.Parse(text).Require().ToString());

    [Fact]
    public void Parse_WhatToStringWrites_IsEqual() =>
        Generators.Check(Generators.Spec, spec => Assert.Equal(spec, ScheduleSpec.Parse(spec.ToString()).Require()), 1000);

    [Theory]
    [InlineData("", "spec")]
    [InlineData("magic:K=1", "spec")]
    [InlineData("fastv", "K R")]
    [InlineData("fastv:K=0,R=2", "K R")]
    [InlineData("fastv:K=two,R=NaN", "K R")]
    [InlineData("fastv:K=2,R=0.5,Q=1", "Q")]
    [InlineData("fastv:K=2,K=3,R=0.5", "K")]
    [InlineData("fastv:K=2,R=0.5,oops", "spec")]
    [InlineData("full:K=1", "K")]
    [InlineData("vtw:K=-1", "K")]
    [InlineData("uniform:r=1.5,first=0", "r first")]
    [InlineData("pdrop:layers=8/16,keep=0.5", "keep")]
    [InlineData("pdrop:layers=0/16,keep=0.5/0.6", "layers keep")]
    [InlineData("pdrop:layers=16/8,keep=0.5/0.4", "layers")]
    [InlineData("pdrop:layers=a,keep=0.5", "layers")]
    [InlineData("sigmoid:k=0.2,A=0.7", "c")]
    [InlineData("sigmoid:k=0.2,A=0.7,c=3,mean=0.3", "c")]
    [InlineData("sigmoid:c=3", "k A")]
    [InlineData("sigmoid:mean=0.3,kv=100", "budget")]
    [InlineData("sigmoid:mean=1.5", "mean")]
    [InlineData("sigmoid:mean=0", "mean")]
    [InlineData("sigmoid:k=0,mean=0.3", "k")]
    [InlineData("fastv:K=2,R=0.5,mean=0.3", "R")]
    [InlineData("fastv:mean=0.3", "K")]
    [InlineData("fastv:K=2,mean=0.3,kv=1e8", "budget")]
    [InlineData("vtw:K=16,mean=0.3", "K")]
    [InlineData("uniform:r=0.5,ms=30", "r")]
    [InlineData("pdrop:layers=8/16,keep=0.5/0.25,mean=0.3", "keep")]
    [InlineData("pdrop:mean=0.3", "layers")]
    [InlineData("pdrop:layers=8/4,mean=2", "layers")]
    [InlineData("sparsevlm:layers=2/6,mean=0.3", "layers")]
    [InlineData("sparsevlm:layers=2/6/15,keep=0.5/0.6/0.1", "keep")]
    [InlineData("pool:size=1", "size")]
    [InlineData("pool", "size")]
    [InlineData("pool:size=2,mean=0.3", "mean")]
    [InlineData("rates:[1,0.5,0.6]", "rates[2]")]
    [InlineData("rates:[0.5]", "rates[0]")]
    [InlineData("rates:somewhere.json", "rates")]
    [InlineData("id:xyz", "id")]
    public void Parse_Faulty_NamesEveryField(string text, string fields)
    {
        var result = ScheduleSpec.Parse(text);

        Assert.False(result.IsValid);
        Assert.Equal(fields.Split(' '), result.Faults.Select(fault => fault.Field));
        Assert.All(result.Faults, fault => Assert.Equal(PlanFaultKind.InvalidArgument, fault.Kind));
    }

    [Fact]
    public void Parse_RatesFile_ReadsItThroughTheCaller()
    {
        var spec = ScheduleSpec.Parse("rates:a b.json", path => path == "a b.json" ? "{\"rates\":[1,0.5],\"floor\":2}" : throw new IOException(path)).Require();

        Assert.Equal(new RatesSpec(KeepRates.Create([1, 0.5]).Require(), 2), spec);
    }

    [Fact]
    public void Parse_RatesFileUnreadable_SaysWhy()
    {
        var fault = Assert.Single(ScheduleSpec.Parse("rates:gone.json", _ => throw new FileNotFoundException("no such file")).Faults);

        Assert.Contains("cannot read 'gone.json': no such file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_UnknownKey_NamesTheKnownOnes()
    {
        var fault = Assert.Single(ScheduleSpec.Parse("uniform:r=0.5,frist=3").Faults);

        Assert.Equal("frist: 'frist' is unknown here, known are mean, flops, tflops, kv, ms, r, first", fault.ToString());
    }
}
