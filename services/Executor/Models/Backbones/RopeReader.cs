using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Backbones;

/// <summary>Reads rotary parameters in both written forms: <c>rope_theta</c> with <c>rope_scaling</c>, or <c>rope_parameters</c>.</summary>
internal static class RopeReader
{
    private const double DefaultTheta = 10000;
    private const double MaxTheta = 1e12;
    private const double MaxFactor = 1e6;

    /// <summary>The base of the frequencies.</summary>
    public static double Theta(JsonObjectReader text)
    {
        var holder = text.Object("rope_parameters") is { } parameters && parameters.Has("rope_theta") ? parameters : text;
        return holder.Double("rope_theta", DefaultTheta, 1, MaxTheta);
    }

    /// <summary>The scaling, or null for none; a kind that is not supported is a fault.</summary>
    public static RopeScaling? Scaling(JsonObjectReader text)
    {
        var field = text.Has("rope_parameters") ? "rope_parameters" : "rope_scaling";
        var scaling = text.Object(field);
        var typeField = scaling?.Has("rope_type") == true ? "rope_type" : "type";
        switch (scaling?.String(typeField, null))
        {
            case null when scaling is null || field == "rope_parameters":
            case "default":
                return null;
            case "linear":
                return new RopeScaling.Linear(Factor(scaling!));
            case "llama3":
                return Llama3(scaling!);
            case null:
                scaling!.Fault("rope_type", "is missing");
                return null;
            case var other:
                scaling!.Fault(typeField, $"is \"{other}\"; only default, linear and llama3 are supported");
                return null;
        }
    }

    /// <summary>Phi-3's scaling by the factors for short contexts; a list of another length than D/2 is a fault.</summary>
    /// <param name="scaling">The <c>rope_scaling</c> object.</param>
    /// <param name="config">Sizes read so far.</param>
    /// <param name="trained">Context of the first training.</param>
    public static RopeScaling LongRope(JsonObjectReader scaling, DecoderConfig config, int trained)
    {
        Factors(scaling, "long_factor", config.HeadSize / 2);
        var ratio = (double)config.MaxPositions / trained;
        var attention = ratio <= 1 ? 1 : Math.Sqrt(1 + (Math.Log(ratio) / Math.Log(trained)));
        return new RopeScaling.LongRope(Factors(scaling, "short_factor", config.HeadSize / 2), attention);
    }

    private static ImmutableArray<double> Factors(JsonObjectReader scaling, string field, int count)
    {
        var factors = scaling.Array(field).Select(Value).ToImmutableArray();
        if (factors.Length != count)
        {
            scaling.Fault(field, $"has {factors.Length} factors where half the head size needs {count}");
        }
        else if (factors.Any(factor => !(factor > 0 && factor <= MaxFactor)))
        {
            scaling.Fault(field, "holds something that is no factor above 0");
        }
        else
        {
            return factors;
        }

        return [.. Enumerable.Repeat(1.0, count)];
    }

    private static double Value(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number) ? number : 0;

    private static double Factor(JsonObjectReader scaling)
    {
        if (!scaling.Has("factor"))
        {
            scaling.Fault("factor", "is missing");
        }

        return scaling.Double("factor", 1, 1, MaxFactor);
    }

    private static RopeScaling.Llama3 Llama3(JsonObjectReader scaling)
    {
        var low = scaling.Double("low_freq_factor", 1, double.Epsilon, MaxFactor);
        var high = scaling.Double("high_freq_factor", 4, double.Epsilon, MaxFactor);
        if (low >= high)
        {
            scaling.Fault("high_freq_factor", $"is {high}, not above low_freq_factor, {low}");
        }

        var original = scaling.RequiredInt("original_max_position_embeddings", 1, int.MaxValue);
        return new RopeScaling.Llama3(Factor(scaling), low, high, original);
    }
}
