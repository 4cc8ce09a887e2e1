using Fovea.Cli.Schedules;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;
using YamlDotNet.RepresentationModel;
using Schedule = Fovea.Contracts.V1.Schedule;

namespace Fovea.Cli.Policies;

/// <summary>Reads and writes the YAML form of one rule: class, tenant and model, a floor, and exactly one way to serve them.</summary>
internal static class RuleYaml
{
    private static readonly string[] Ways = ["full", "lossless", "schedule", "schedule_file", "spec", "budget"];

    /// <summary>Returns the rule, and the schedule of its file if it names one; faults are noted by the section.</summary>
    public static (ClassRule Rule, Schedule? Schedule) Read(YamlSection section, string folder)
    {
        var rule = new ClassRule
        {
            RequestClass = section.Text("class") ?? "*",
            Tenant = section.Text("tenant") ?? string.Empty,
            Model = section.Text("model") ?? string.Empty,
        };
        if (section.Count("floor") is { } floor)
        {
            rule.Floor = floor;
        }

        var given = Ways.Where(way => section.Find(way) is not null).ToArray();
        section.RejectUnknown();
        if (given.Length != 1)
        {
            section.Fault($"exactly one of {string.Join(", ", Ways)} is needed, {(given.Length == 0 ? "none is given" : $"given are {string.Join(", ", given)}")}");
            return (rule, null);
        }

        return (rule, ReadServe(section, given[0], rule, folder));
    }

    /// <summary>Returns the rule as a YAML mapping.</summary>
    public static Dictionary<string, object> Write(ClassRule rule)
    {
        var mapping = new Dictionary<string, object>(StringComparer.Ordinal) { ["class"] = rule.RequestClass };
        AddIf(rule.Tenant.Length > 0, "tenant", rule.Tenant);
        AddIf(rule.Model.Length > 0, "model", rule.Model);
        AddIf(rule.HasFloor, "floor", rule.Floor);
        switch (rule.ServeCase)
        {
            case ClassRule.ServeOneofCase.Lossless:
                mapping["lossless"] = true;
                break;
            case ClassRule.ServeOneofCase.Full:
                mapping["full"] = true;
                break;
            case ClassRule.ServeOneofCase.ScheduleId:
                mapping["schedule"] = rule.ScheduleId;
                break;
            case ClassRule.ServeOneofCase.Spec:
                mapping["spec"] = rule.Spec;
                break;
            case ClassRule.ServeOneofCase.Budget:
                mapping["budget"] = BudgetYaml.Write(rule.Budget);
                break;
        }

        return mapping;

        void AddIf(bool has, string name, object what)
        {
            if (has)
            {
                mapping[name] = what;
            }
        }
    }

    private static Schedule? ReadServe(YamlSection section, string way, ClassRule rule, string folder)
    {
        switch (way)
        {
            case "full" when section.Flag("full") is true:
                rule.Full = true;
                break;
            case "full":
                section.Fault("full can only be true");
                break;
            case "lossless" when section.Flag("lossless") is true:
                rule.Lossless = true;
                break;
            case "lossless":
                section.Fault("lossless can only be true");
                break;
            case "schedule":
                rule.ScheduleId = section.Text("schedule") ?? string.Empty;
                break;
            case "schedule_file":
                return ReadFile(section, folder);
            case "spec":
                rule.Spec = ReadSpec(section);
                break;
            default:
                rule.Budget = ReadBudget(section);
                break;
        }

        return null;
    }

    private static Schedule? ReadFile(YamlSection section, string folder)
    {
        var node = section.Find("schedule_file")!;
        if (section.Text("schedule_file") is not { } file)
        {
            return null;
        }

        try
        {
            return ScheduleFile.Read(Path.Combine(folder, file));
        }
        catch (CliException exception)
        {
            foreach (var fault in exception.Faults)
            {
                section.Fault(node, "schedule_file", fault);
            }

            return null;
        }
    }

    private static string ReadSpec(YamlSection section)
    {
        var text = section.Text("spec") ?? string.Empty;
        var spec = ScheduleSpec.Parse(text);
        foreach (var fault in spec.Faults)
        {
            section.Fault(section.Find("spec")!, "spec", fault.ToString());
        }

        return spec.Value?.ToString() ?? text;
    }

    private static BudgetRule ReadBudget(YamlSection section) => section.Find("budget") switch
    {
        YamlMappingNode mapping => BudgetYaml.Read(section.Nested("budget", mapping)),
        var node => BudgetYaml.Read(section, node!),
    };
}
