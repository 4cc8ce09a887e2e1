namespace Fovea.Planning.Tests.Support;

/// <summary>
/// Holds the searched schedule of LLaVA-1.5-7B as read from the published figure (1c), layers 0-based, three of them full.
/// </summary>
internal static class SearchedCurve
{
    public static double[] Rates =>
    [
        1, 1, 1, .648, .641, .619, .619, .618, .502, .498, .498, .498, .488, .237, .237, .237, .234, .183, .183, .182, .078, .076,
        .074, .071, .071, .071, .061, .042, .042, .040, .034, .033,
    ];
}
