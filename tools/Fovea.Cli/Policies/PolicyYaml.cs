using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Plans;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using PositionMode = Fovea.Contracts.V1.PositionMode;

namespace Fovea.Cli.Policies;

/// <summary>Reads and writes the YAML form of a policy (docs/cli.md); JSON is read too, being YAML.</summary>
internal static class PolicyYaml
{
    private static readonly Dictionary<string, Scorer> Scorers =
        ScorerNames.All.ToDictionary(name => name, Of, StringComparer.Ordinal);

    private static readonly Dictionary<string, PositionMode> Modes = new(StringComparer.Ordinal)
    {
        ["keep"] = PositionMode.Keep,
        ["renumber"] = PositionMode.Renumber,
    };

    private static readonly Dictionary<string, Contracts.V1.BudgetScope> Scopes =
        Enum.GetValues<Planning.Plans.BudgetScope>().ToDictionary(ScopeNames.Of, scope => scope.ToProto(), StringComparer.Ordinal);

    /// <summary>Returns the policy; faults are added with their lines, and then the policy is incomplete or null.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="folder">Folder that schedule files are relative to.</param>
    /// <param name="faults">Takes every fault.</param>
    public static PolicyDraft? Parse(string text, string folder, List<string> faults)
    {
        var root = Load(text, faults);
        return root is null ? null : Read(root, folder);
    }

    /// <summary>Returns the YAML that <see cref="Parse"/> reads.</summary>
    public static string Write(Policy policy) => new SerializerBuilder().WithQuotingNecessaryStrings().Build().Serialize(ToMapping(policy));

    /// <summary>Returns the same as one JSON document.</summary>
    public static JsonNode WriteJson(Policy policy) => JsonSerializer.SerializeToNode(ToMapping(policy))!;

    private static Dictionary<string, object> ToMapping(Policy policy)
    {
        var root = new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = policy.Name, ["model"] = policy.Model };
        AddIf(policy.HasFloor, "floor", () => policy.Floor);
        AddIf(policy.Scorer != Scorer.Unspecified, "scorer", () => NameOf(Scorers, policy.Scorer));
        AddIf(policy.Positions != PositionMode.Unspecified, "positions", () => NameOf(Modes, policy.Positions));
        AddIf(policy.Scope != Contracts.V1.BudgetScope.Unspecified, "scope", () => NameOf(Scopes, policy.Scope));
        AddIf(policy.HasAllowOverrides, "allow_overrides", () => policy.AllowOverrides);
        AddIf(policy.AllowedOverrides.Count > 0, "allowed_overrides", () => policy.AllowedOverrides.Select(kind => NameOf(PolicyWords.OverrideKinds, kind)).ToArray());
        AddIf(policy.Ladder is not null, "ladder", () => LadderYaml.Write(policy.Ladder!));
        root["rules"] = policy.Rules.Select(RuleYaml.Write).ToArray();
        return root;

        void AddIf(bool has, string key, Func<object> value)
        {
            if (has)
            {
                root[key] = value();
            }
        }
    }

    private static YamlSection? Load(string text, List<string> faults)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode mapping }])
            {
                return new YamlSection(mapping, string.Empty, faults);
            }

            faults.Add("one mapping is needed, with name, model and rules");
        }
        catch (YamlException exception)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {exception.Start.Line}: {exception.Message}"));
        }

        return null;
    }

    private static PolicyDraft Read(YamlSection root, string folder)
    {
        var policy = new Policy { Name = Required(root, "name"), Model = root.Text("model") ?? "*" };
        if (root.Count("floor") is { } floor)
        {
            policy.Floor = floor;
        }

        policy.Scorer = root.Choice("scorer", Scorers);
        policy.Positions = root.Choice("positions", Modes);
        policy.Scope = root.Choice("scope", Scopes);
        if (root.Flag("allow_overrides") is { } allowed)
        {
            policy.AllowOverrides = allowed;
        }

        policy.AllowedOverrides.AddRange(root.Choices("allowed_overrides", PolicyWords.OverrideKinds));
        policy.Ladder = root.Mapping("ladder") is { } ladder ? LadderYaml.Read(ladder) : null;

        var schedules = new Dictionary<int, Schedule>();
        foreach (var section in root.Sections("rules"))
        {
            var (rule, schedule) = RuleYaml.Read(section, folder);
            if (schedule is not null)
            {
                schedule.Model = rule.Model.Length is 0 || rule.Model == "*" ? policy.Model : rule.Model;
                schedules[policy.Rules.Count] = schedule;
            }

            policy.Rules.Add(rule);
        }

        root.RejectUnknown();
        return new PolicyDraft(policy, schedules);
    }

    private static string Required(YamlSection root, string key)
    {
        if (root.Text(key) is { Length: > 0 } text)
        {
            return text;
        }

        root.Fault($"{key} is needed");
        return string.Empty;
    }

    private static Scorer Of(string name) => ScorerNames.TryParse(name, out var scorer) ? scorer.ToProto() : Scorer.Unspecified;

    private static string NameOf<T>(IReadOnlyDictionary<string, T> names, T value)
        where T : struct, Enum =>
        names.FirstOrDefault(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key ?? value.ToString();
}
