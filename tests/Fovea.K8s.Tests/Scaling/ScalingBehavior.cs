using System.Globalization;
using Fovea.K8s.Tests.Manifests;

namespace Fovea.K8s.Tests.Scaling;

/// <summary>The numbers by which executors are scaled.</summary>
internal sealed record ScalingBehavior(double Target, int Least, int Most, ScalingRule Up, ScalingRule Down)
{
    /// <summary>Reads an autoscaler of the API.</summary>
    public static ScalingBehavior OfAutoscaler(KubeObject autoscaler)
    {
        var spec = autoscaler.Spec;
        var target = spec["metrics"].Items.Single().At("pods", "target", "averageValue").Text;
        return new ScalingBehavior(
            Quantity(target),
            spec["minReplicas"].Number!.Value,
            spec["maxReplicas"].Number!.Value,
            ScalingRule.Of(spec.At("behavior", "scaleUp")),
            ScalingRule.Of(spec.At("behavior", "scaleDown")));
    }

    /// <summary>Reads a KEDA object, from which KEDA makes an autoscaler.</summary>
    public static ScalingBehavior OfScaledObject(KubeObject scaled)
    {
        var spec = scaled.Spec;
        var behavior = spec.At("advanced", "horizontalPodAutoscalerConfig", "behavior");
        return new ScalingBehavior(
            Quantity(spec["triggers"].Items.Single().At("metadata", "threshold").Text),
            spec["minReplicaCount"].Number!.Value,
            spec["maxReplicaCount"].Number!.Value,
            ScalingRule.Of(behavior["scaleUp"]),
            ScalingRule.Of(behavior["scaleDown"]));
    }

    private static double Quantity(string text) => text.EndsWith('m')
        ? double.Parse(text[..^1], CultureInfo.InvariantCulture) / 1000
        : double.Parse(text, CultureInfo.InvariantCulture);
}
