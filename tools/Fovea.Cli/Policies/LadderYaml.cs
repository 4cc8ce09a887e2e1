using System.Globalization;
using Fovea.Contracts.V1;
using YamlDotNet.RepresentationModel;

namespace Fovea.Cli.Policies;

/// <summary>Reads and writes the YAML form of an overload ladder: <c>tiers</c> of <c>waiting</c>, <c>kv</c> and <c>budget</c>, <c>recover</c>, <c>hold</c>.</summary>
internal static class LadderYaml
{
    private const long Second = 1000;

    private static readonly (string Unit, long Milliseconds)[] Units = [("ms", 1), ("s", Second), ("m", 60 * Second)];

    /// <summary>Returns the ladder of a mapping; faults are noted by the section.</summary>
    public static OverloadLadder Read(YamlSection section)
    {
        var ladder = new OverloadLadder();
        ladder.Tiers.AddRange(section.Sections("tiers").Select(ReadTier));
        if (section.Number("recover") is { } share)
        {
            ladder.RecoverShare = share;
        }

        if (ReadHold(section) is { } hold)
        {
            ladder.HoldMs = hold;
        }

        section.RejectUnknown();
        return ladder;
    }

    /// <summary>Returns the ladder as a YAML mapping.</summary>
    public static Dictionary<string, object> Write(OverloadLadder ladder)
    {
        var mapping = new Dictionary<string, object>(StringComparer.Ordinal) { ["tiers"] = ladder.Tiers.Select(WriteTier).ToArray() };
        if (ladder.HasRecoverShare)
        {
            mapping["recover"] = ladder.RecoverShare;
        }

        if (ladder.HasHoldMs)
        {
            mapping["hold"] = ladder.HoldMs % Second == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{ladder.HoldMs / Second}s")
                : string.Create(CultureInfo.InvariantCulture, $"{ladder.HoldMs}ms");
        }

        return mapping;
    }

    private static OverloadTier ReadTier(YamlSection section)
    {
        var tier = new OverloadTier { Waiting = section.Count("waiting") ?? 0, KvShare = section.Number("kv") ?? 0 };
        switch (section.Find("budget"))
        {
            case null:
                section.Fault("budget is needed");
                break;
            case YamlMappingNode mapping:
                tier.Budget = BudgetYaml.ReadLimit(section.Nested("budget", mapping));
                break;
            case var node:
                tier.Budget = BudgetYaml.Read(section, node).Budget;
                break;
        }

        section.RejectUnknown();
        return tier;
    }

    private static Dictionary<string, object> WriteTier(OverloadTier tier)
    {
        var mapping = new Dictionary<string, object>(StringComparer.Ordinal);
        if (tier.Waiting != 0)
        {
            mapping["waiting"] = tier.Waiting;
        }

        if (tier.KvShare != 0)
        {
            mapping["kv"] = tier.KvShare;
        }

        mapping["budget"] = BudgetYaml.Write(new BudgetRule { Budget = tier.Budget });
        return mapping;
    }

    private static long? ReadHold(YamlSection section)
    {
        if (section.Text("hold") is not { } text)
        {
            return null;
        }

        foreach (var (unit, milliseconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                return count * milliseconds;
            }
        }

        section.Fault(section.Find("hold")!, "hold", $"'{text}' is no time such as 500ms, 5s or 2m");
        return null;
    }
}
