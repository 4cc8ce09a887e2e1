using Fovea.Cli.Policies;
using Fovea.Cli.Tests.Infrastructure;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Policies;

public sealed class PolicyYamlTests
{
    private const string Complete = """
        name: default
        model: demo
        floor: 0
        scorer: last
        positions: renumber
        scope: per_image
        allow_overrides: false
        allowed_overrides: [budget, full]
        ladder:
          tiers:
            - { waiting: 8, budget: mean=0.5 }
            - { waiting: 16, kv: 0.8, budget: { flops: 0.3 } }
          recover: 0.7
          hold: 2500ms
        rules:
          - class: count
            full: true
          - class: count
            tenant: acme
            model: demo
            floor: 7
            lossless: true
          - class: tile
            schedule: s-0123456789abcdef
          - class: corner
            spec: "fastv:K=2,R=0.5"
          - class: near
            budget: mean=0.4
          - class: "*"
            budget: { flops: 0.5, slope: 0.22, amplitude: 0.76, first_drop_layer: 4 }
        """;

    [Theory]
    [InlineData("instruction", Scorer.Instruction)]
    [InlineData("last", Scorer.Last)]
    [InlineData("next-last", Scorer.NextLast)]
    [InlineData("raters", Scorer.Raters)]
    [InlineData("random", Scorer.Random)]
    public void Parse_Scorer_IsReadAndWritten(string name, Scorer scorer)
    {
        var policy = Parse($"name: a\nscorer: {name}\nrules: [{{ budget: {{ ms: 40 }} }}]", out var faults)!.Policy;

        Assert.Empty(faults);
        Assert.Equal((scorer, 40), (policy.Scorer, policy.Rules[0].Budget.Budget.Milliseconds));
        Assert.Equal(policy, Parse(PolicyYaml.Write(policy), out _)!.Policy);
    }

    [Fact]
    public void Parse_Complete_ReadsEveryField()
    {
        var policy = Parse(Complete, out var faults)!.Policy;

        Assert.Empty(faults);
        Assert.Equal(("default", "demo", 0, false), (policy.Name, policy.Model, policy.Floor, policy.AllowOverrides));
        Assert.True(policy.HasFloor);
        Assert.Equal((Scorer.Last, PositionMode.Renumber), (policy.Scorer, policy.Positions));
        Assert.Equal(BudgetScope.PerImage, policy.Scope);
        Assert.True(policy.Rules[0].Full);
        var narrow = policy.Rules[1];
        Assert.Equal((true, "count", "acme", "demo", 7), (narrow.Lossless, narrow.RequestClass, narrow.Tenant, narrow.Model, narrow.Floor));
        Assert.Equal([OverrideKind.Budget, OverrideKind.Full], policy.AllowedOverrides);
        Assert.Equal((8, 0.0, 0.5), (policy.Ladder.Tiers[0].Waiting, policy.Ladder.Tiers[0].KvShare, policy.Ladder.Tiers[0].Budget.MeanKeep));
        Assert.Equal((16, 0.8, 0.3), (policy.Ladder.Tiers[1].Waiting, policy.Ladder.Tiers[1].KvShare, policy.Ladder.Tiers[1].Budget.FlopsShare));
        Assert.Equal((0.7, 2500), (policy.Ladder.RecoverShare, policy.Ladder.HoldMs));
        Assert.Equal("s-0123456789abcdef", policy.Rules[2].ScheduleId);
        Assert.Equal("fastv:K=2,R=0.5", policy.Rules[3].Spec);
        Assert.Equal(0.4, policy.Rules[4].Budget.Budget.MeanKeep);
        var budget = policy.Rules[5].Budget;
        Assert.Equal((0.5, 0.22, 0.76, 4), (budget.Budget.FlopsShare, budget.Slope, budget.Amplitude, budget.FirstDropLayer));
    }

    [Fact]
    public void Parse_Json_IsReadToo()
    {
        var policy = Parse("""{"name": "p", "rules": [{"class": "*", "full": true}]}""", out var faults)!.Policy;

        Assert.Empty(faults);
        Assert.Equal(("p", "*"), (policy.Name, policy.Model));
        Assert.False(policy.HasFloor);
        Assert.False(policy.HasAllowOverrides);
    }

    [Fact]
    public void Write_ReadBack_IsTheSamePolicy()
    {
        var policy = Parse(Complete, out _)!.Policy;

        var again = Parse(PolicyYaml.Write(policy), out var faults)!.Policy;

        Assert.Empty(faults);
        Assert.Equal(policy, again);
    }

    [Fact]
    public void Parse_ManyFaults_NamesEachWithItsLine()
    {
        const string text = """
            model: [1]
            floor: -2
            scorer: loudest
            colour: red
            rules:
              - class: a
                full: false
              - class: b
                full: true
                spec: full
              - class: c
                spec: "fastv:K=2,R=7"
              - class: d
                budget: { mean: 0.4, kv: 3 }
              - class: e
                bugdet: mean=0.4
              - just text
            """;

        Parse(text, out var faults);

        foreach (var expected in (string[])
            [
                "line 1: name is needed", "line 1: model: must be a text", "line 2: floor: '-2'", "line 3: scorer: 'loudest' is unknown",
                "line 4: colour: unknown key", "line 6: rules[0]: full can only be true", "line 8: rules[1]: exactly one of",
                "line 12: rules[2].spec:", "line 14: rules[3].budget: exactly one of", "line 16: rules[4].bugdet: unknown key",
                "line 17: rules[5]: must be a mapping",
            ])
        {
            Assert.Contains(faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5000)]
    [InlineData("2m", 120000)]
    public void Parse_Hold_TakesUnits(string text, long milliseconds)
    {
        var policy = Parse($"name: a\nladder: {{ tiers: [{{ kv: 0.9, budget: mean=0.4 }}], hold: {text} }}\nrules: [{{ full: true }}]", out var faults)!.Policy;

        Assert.Empty(faults);
        Assert.Equal(milliseconds, policy.Ladder.HoldMs);
        Assert.Equal(policy, Parse(PolicyYaml.Write(policy), out _)!.Policy);
    }

    [Fact]
    public void Parse_FaultsOfTheNewKeys_NamesEachWithItsLine()
    {
        const string text = """
            name: a
            allowed_overrides: [full, loud]
            ladder:
              tiers:
                - waiting: 3
                - kv: 0.8
                  budget: { mean: 0.4, slope: 1 }
              hold: 5
              speed: 1
            rules:
              - tenant: [1]
                floor: -1
                lossless: false
            """;

        Parse(text, out var faults);

        foreach (var expected in (string[])
            [
                "line 2: allowed_overrides[1]: 'loud' is unknown, known are full, policy, schedule, rates, budget, spec",
                "line 5: ladder.tiers[0]: budget is needed", "line 7: ladder.tiers[1].budget.slope: unknown key",
                "line 8: ladder.hold: '5' is no time such as 500ms, 5s or 2m", "line 9: ladder.speed: unknown key",
                "line 11: rules[0].tenant: must be a text", "line 12: rules[0].floor: '-1'", "line 11: rules[0]: lossless can only be true",
            ])
        {
            Assert.Contains(faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("allowed_overrides: []", "allowed_overrides: must be a list")]
    [InlineData("allowed_overrides: full", "allowed_overrides: must be a list")]
    [InlineData("ladder: steep", "ladder: must be a mapping")]
    [InlineData("ladder: { recover: 0.5 }", "ladder.tiers: must be a list")]
    public void Parse_WrongShape_IsAFault(string line, string said)
    {
        Parse($"name: a\n{line}\nrules: [{{ full: true }}]", out var faults);

        Assert.Contains(said, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("name: [unclosed")]
    [InlineData("name: a\nname: b\nrules:\n  - full: true")]
    public void Parse_NoMapping_IsOneFault(string text)
    {
        Assert.Null(Parse(text, out var faults));
        Assert.Single(faults);
    }

    [Fact]
    public void Parse_ScheduleFile_IsReadRelativeToTheFolder()
    {
        using var folder = new TempFolder();
        folder.Write("sub/rates.json", """{"rates": [1, 0.5], "floor": 0}""");
        var faults = new List<string>();

        var draft = PolicyYaml.Parse("name: p\nmodel: m\nrules:\n  - schedule_file: sub/rates.json", folder.Path, faults)!;

        Assert.Empty(faults);
        var schedule = Assert.Single(draft.Schedules).Value;
        Assert.Equal(("rates", "m", 0), (schedule.Name, schedule.Model, schedule.Floor));
        Assert.Equal([1, 0.5], schedule.Rates);
    }

    [Fact]
    public void Parse_MissingScheduleFile_IsAFaultOfItsRule()
    {
        Parse("name: p\nrules:\n  - schedule_file: nowhere.json", out var faults);

        Assert.StartsWith("line 3: rules[0].schedule_file:", Assert.Single(faults), StringComparison.Ordinal);
    }

    private static PolicyDraft? Parse(string text, out List<string> faults)
    {
        faults = [];
        return PolicyYaml.Parse(text, "/nowhere", faults);
    }
}
