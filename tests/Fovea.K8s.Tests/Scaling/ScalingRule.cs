using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Scaling;

/// <summary>How fast replicas may change in one direction.</summary>
internal sealed record ScalingRule(TimeSpan Window, IReadOnlyList<(bool IsPercent, int Value, TimeSpan Period)> Policies)
{
    /// <summary>Reads the scaleUp or scaleDown of a behavior, whose selectPolicy is Max.</summary>
    public static ScalingRule Of(Node node)
    {
        Assert.Equal("Max", node["selectPolicy"].Text);
        return new ScalingRule(
            TimeSpan.FromSeconds(node["stabilizationWindowSeconds"].Number!.Value),
            [.. node["policies"].Items.Select(policy => (
                policy["type"].Text == "Percent",
                policy["value"].Number!.Value,
                TimeSpan.FromSeconds(policy["periodSeconds"].Number!.Value)))]);
    }

    /// <summary>Gives where the replicas may go from what they were at the beginning of a period, by the policy that allows most.</summary>
    /// <param name="before">Replicas that there were one period ago.</param>
    /// <param name="sign">1 up, -1 down.</param>
    public int Limit(Func<TimeSpan, int> before, int sign)
    {
        var limits = Policies.Select(policy =>
        {
            var start = before(policy.Period);
            var change = policy.IsPercent ? start * policy.Value / 100.0 : policy.Value;
            return sign > 0 ? (int)Math.Ceiling(start + change) : (int)Math.Floor(start - change);
        });
        return sign > 0 ? limits.Max() : limits.Min();
    }
}
