using System.Collections.Immutable;
using System.Globalization;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Averages squares of neighbouring vision tokens before layer 0 and drops none afterwards: <c>pool:size=2</c>. An image of
/// n tokens is a square of side s = sqrt(n) and leaves ceil(s/size)^2; squares at the edge average what is there.
/// </summary>
/// <param name="Size">Side of the squares, at least 2.</param>
public sealed record PoolSpec(int Size) : ScheduleSpec
{
    private const int MaxSize = 1 << 15;

    /// <inheritdoc/>
    public override Checked<ResolvedSchedule> Resolve(ScheduleContext context)
    {
        var faults = new FaultCollector();
        var images = context.ImageTokens.IsDefaultOrEmpty ? Single(context.VisionTokens) : context.ImageTokens;
        var pooled = 0;
        for (var image = 0; image < images.Length; image++)
        {
            pooled += PooledTokens(images[image], image, faults);
        }

        return faults.Any
            ? faults.ToImmutable()
            : new ResolvedSchedule(KeepRates.Full(context.Shape.Layers), null) { Pool = Size, PooledTokens = pooled };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"pool:size={Size}");

    internal static ScheduleSpec? From(SpecArguments arguments) => arguments.Integer("size", 2, MaxSize) is { } size ? new PoolSpec(size) : null;

    private static ImmutableArray<int> Single(int tokens) => tokens == 0 ? [] : [tokens];

    private int PooledTokens(int tokens, int image, FaultCollector faults)
    {
        var side = (int)Math.Sqrt(tokens);
        if (side * side != tokens)
        {
            faults.Add(PlanFault.Precondition($"imageTokens[{image}]", $"{tokens} vision tokens of image {image} are no square, which {this} needs"));
            return 0;
        }

        var pooled = (side + Size - 1) / Size;
        return pooled * pooled;
    }
}
