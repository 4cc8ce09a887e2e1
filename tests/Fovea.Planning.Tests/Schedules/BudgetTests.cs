using Fovea.Planning.Schedules;
using Fovea.Planning.Tests.Support;

namespace Fovea.Planning.Tests.Schedules;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("mean=0.3", BudgetKind.MeanKeep, 0.3)]
    [InlineData("flops=.5", BudgetKind.FlopsShare, 0.5)]
    [InlineData("tflops=2.66", BudgetKind.Tflops, 2.66)]
    [InlineData("ms=40", BudgetKind.Milliseconds, 40)]
    [InlineData("kv=1e8", BudgetKind.KvBytes, 1e8)]
    public void Parse_EveryKind_IsRead(string text, BudgetKind kind, double value) =>
        Assert.Equal(new Budget(kind, value), Budget.Parse(text).Require());

    [Theory]
    [InlineData("")]
    [InlineData("mean")]
    [InlineData("mean=0")]
    [InlineData("mean=1.01")]
    [InlineData("flops=-1")]
    [InlineData("tflops=Infinity")]
    [InlineData("kv=0")]
    [InlineData("mean=0.3,kv=5")]
    [InlineData("mean=0.3,first=2")]
    [InlineData("ms=0")]
    [InlineData("seconds=20")]
    public void Parse_Faulty_IsRefused(string text) => Assert.NotEmpty(Budget.Parse(text).Faults);

    [Fact]
    public void Parse_WhatToStringWrites_IsEqual() =>
        Generators.Check(Generators.Budget, budget => Assert.Equal(budget, Budget.Parse(budget.ToString()).Require()));
}
