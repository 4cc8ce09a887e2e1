using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using YamlDotNet.RepresentationModel;
using Budget = Fovea.Planning.Schedules.Budget;

namespace Fovea.Cli.Policies;

/// <summary>Reads and writes the YAML form of a budget: <c>mean=0.4</c>, or a mapping with the sigmoid's parameters.</summary>
internal static class BudgetYaml
{
    private static readonly Dictionary<string, BudgetKind> Kinds = new(StringComparer.Ordinal)
    {
        ["mean"] = BudgetKind.MeanKeep,
        ["flops"] = BudgetKind.FlopsShare,
        ["tflops"] = BudgetKind.Tflops,
        ["kv"] = BudgetKind.KvBytes,
        ["ms"] = BudgetKind.Milliseconds,
    };

    /// <summary>Returns the budget of a text; faults are noted by the section.</summary>
    public static BudgetRule Read(YamlSection section, YamlNode node)
    {
        var budget = Budget.Parse(section.Text("budget") ?? string.Empty);
        foreach (var fault in budget.Faults)
        {
            section.Fault(node, "budget", fault.ToString());
        }

        return budget.IsValid ? new BudgetRule { Budget = BudgetMapping.ToProto(budget.Value) } : new BudgetRule();
    }

    /// <summary>Returns the budget of a mapping with the sigmoid's parameters; faults are noted by the section.</summary>
    public static BudgetRule Read(YamlSection section)
    {
        var rule = new BudgetRule { Budget = Limit(section) };
        ReadCurve(section, rule);
        section.RejectUnknown();
        return rule;
    }

    /// <summary>Returns the budget of a mapping that says nothing else; faults are noted by the section.</summary>
    public static Contracts.V1.Budget? ReadLimit(YamlSection section)
    {
        var limit = Limit(section);
        section.RejectUnknown();
        return limit;
    }

    /// <summary>Returns the budget as a YAML mapping.</summary>
    public static Dictionary<string, object> Write(BudgetRule rule)
    {
        var mapping = new Dictionary<string, object>(StringComparer.Ordinal);
        var (key, value) = rule.Budget?.KindCase switch
        {
            Contracts.V1.Budget.KindOneofCase.MeanKeep => ("mean", rule.Budget.MeanKeep),
            Contracts.V1.Budget.KindOneofCase.FlopsShare => ("flops", rule.Budget.FlopsShare),
            Contracts.V1.Budget.KindOneofCase.Tflops => ("tflops", rule.Budget.Tflops),
            Contracts.V1.Budget.KindOneofCase.KvBytes => ("kv", rule.Budget.KvBytes),
            Contracts.V1.Budget.KindOneofCase.Milliseconds => ("ms", rule.Budget.Milliseconds),
            _ => ("mean", 1),
        };
        mapping[key] = value;
        AddIf(rule.HasSlope, "slope", rule.Slope);
        AddIf(rule.HasAmplitude, "amplitude", rule.Amplitude);
        AddIf(rule.HasFirstDropLayer, "first_drop_layer", rule.FirstDropLayer);
        return mapping;

        void AddIf(bool has, string name, object what)
        {
            if (has)
            {
                mapping[name] = what;
            }
        }
    }

    private static Contracts.V1.Budget? Limit(YamlSection section)
    {
        var limits = Kinds.Select(kind => (Kind: kind.Value, Limit: section.Number(kind.Key))).Where(pair => pair.Limit is not null).ToArray();
        if (limits.Length != 1)
        {
            section.Fault($"exactly one of {string.Join(", ", Kinds.Keys)} is needed");
            return null;
        }

        var budget = new Budget(limits[0].Kind, limits[0].Limit!.Value);
        budget.Validate().ToList().ForEach(fault => section.Fault(fault.ToString()));
        return BudgetMapping.ToProto(budget);
    }

    private static void ReadCurve(YamlSection section, BudgetRule rule)
    {
        if (section.Number("slope") is { } slope)
        {
            rule.Slope = slope;
        }

        if (section.Number("amplitude") is { } amplitude)
        {
            rule.Amplitude = amplitude;
        }

        if (section.Count("first_drop_layer") is { } first)
        {
            rule.FirstDropLayer = first;
        }
    }
}
