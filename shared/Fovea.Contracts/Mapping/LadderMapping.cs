using System.Collections.Immutable;
using Fovea.Planning.Policies;
using Fovea.Planning.Schedules;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps overload ladders.</summary>
internal static class LadderMapping
{
    private static readonly Budget Full = new(BudgetKind.MeanKeep, 1);

    /// <summary>Returns the ladder, null when there is none; faults of budgets are noted, all others are the policy validator's to find.</summary>
    public static OverloadLadder? ToDomain(Wire.OverloadLadder? message, FaultList faults)
    {
        if (message is null)
        {
            return null;
        }

        var tiers = ImmutableArray.CreateBuilder<OverloadTier>(message.Tiers.Count);
        for (var index = 0; index < message.Tiers.Count; index++)
        {
            var tier = message.Tiers[index];
            var budget = faults.Take(BudgetMapping.ToDomain(tier.Budget), $"ladder.tiers[{index}].budget");

            // A budget at fault stands as that of the tier before, so that nothing else is said of it.
            tiers.Add(new OverloadTier(tier.Waiting, tier.KvShare, budget ?? (index > 0 ? tiers[index - 1].Budget : Full)));
        }

        return new OverloadLadder
        {
            Tiers = tiers.ToImmutable(),
            RecoverShare = message.HasRecoverShare ? message.RecoverShare : OverloadLadder.DefaultRecoverShare,
            HoldMilliseconds = message.HasHoldMs ? message.HoldMs : OverloadLadder.DefaultHoldMilliseconds,
        };
    }

    /// <summary>Returns the message, every field written out; null when there is no ladder.</summary>
    public static Wire.OverloadLadder? ToProto(OverloadLadder? ladder)
    {
        if (ladder is null)
        {
            return null;
        }

        var message = new Wire.OverloadLadder { RecoverShare = ladder.RecoverShare, HoldMs = ladder.HoldMilliseconds };
        message.Tiers.AddRange(ladder.Tiers.Select(tier => new Wire.OverloadTier
        {
            Waiting = tier.Waiting,
            KvShare = tier.KvShare,
            Budget = BudgetMapping.ToProto(tier.Budget),
        }));
        return message;
    }
}
