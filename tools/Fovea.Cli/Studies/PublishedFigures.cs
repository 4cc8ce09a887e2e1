using System.Collections.Immutable;

namespace Fovea.Cli.Studies;

/// <summary>Holds what was read off the figures of arXiv 2412.00556v2, to be drawn beside own measurements.</summary>
/// <remarks>Read pixel by pixel (about 0.003 off) but for the median scores, which were read by eye (about 10 % off).</remarks>
internal static class PublishedFigures
{
    /// <summary>Gets figure 1a: rank correlation of layers 1 and 2, 2 and 3, ... of a model of 32 layers that is not named there.</summary>
    public static ImmutableArray<double> RankCorrelations { get; } =
    [
        .084, .715, .739, .676, .846, .801, .768, .774, .789, .780, .748, .756, .756, .727, .750, .750, .762, .759, .795,
        .765, .831, .813, .798, .801, .745, .750, .724, .786, .801, .786, .724,
    ];

    /// <summary>Gets what is known of figure 1b: its first value, and the mean of the 30 others, which lie within .75 and .83.</summary>
    public static (double First, double MeanOfOthers) SecondRankCorrelations { get; } = (.644, .799);

    /// <summary>Gets figure 6: median over vision tokens of the attention score in layers 1 to 31.</summary>
    public static ImmutableArray<double> MedianScores { get; } =
    [
        .0030, .0012, .0003, .00045, .0003, .0006, .0007, .0009, .00095, .0012, .0011, .0013, .0009, .0011, .0024, .0011,
        .0012, .0014, .0009, .0007, .0014, .0006, .0006, .0006, .0008, .0006, .0006, .0003, .0007, .0010, .0006,
    ];

    /// <summary>Gets figure 1c: keep rates that G-Search found for LLaVA-1.5-7B, layers 0 to 31 with the three first ones full.</summary>
    public static ImmutableArray<double> KeepRates { get; } =
    [
        1, 1, 1, .648, .641, .619, .619, .618, .502, .498, .498, .498, .488, .237, .237, .237, .234, .183, .183, .182, .078,
        .076, .074, .071, .071, .071, .061, .042, .042, .040, .034, .033,
    ];
}
