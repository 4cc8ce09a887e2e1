using Fovea.Faults.Scenarios;

namespace Fovea.Faults.Tests.Scenarios;

/// <summary>The bounds of scenarios themselves.</summary>
public sealed class ScenarioResultTests
{
    [Fact]
    public void Violations_AllAsExpected_None() => Assert.Empty(Good().Violations);

    [Fact]
    public void Violations_FaultDidNothing_Happened()
    {
        var result = Good() with { Missed = ["the executor has refused"] };

        var violation = Assert.Single(result.Violations);

        Assert.Equal("Happened", violation.Guarantee);
        Assert.Contains("the executor has refused", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_ProcessGone_Alive() => Assert.Equal("Alive", Assert.Single((Good() with { Dead = ["scheduler-1"] }).Violations).Guarantee);

    private static ScenarioResult Good() => new(AllScenarios.Of("calm"), 1, []) { HasRested = true, HasRecovered = true };
}
