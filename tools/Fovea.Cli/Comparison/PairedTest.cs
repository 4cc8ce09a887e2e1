namespace Fovea.Cli.Comparison;

/// <summary>Compares P-Sigmoid with another method on the same questions (exact McNemar test).</summary>
/// <param name="Better">Questions that P-Sigmoid alone has right.</param>
/// <param name="Worse">Questions that the other alone has right.</param>
/// <param name="P">Two-sided p.</param>
/// <param name="HolmP">The same, corrected for all tests of the comparison.</param>
internal sealed record PairedTest(int Better, int Worse, double P, double HolmP)
{
    /// <summary>The level below which a difference counts.</summary>
    public const double Level = 0.05;

    /// <summary>Gets <c>better</c>, <c>worse</c> or <c>tie</c>: what P-Sigmoid is.</summary>
    public string Verdict => HolmP >= Level ? "tie" : Better > Worse ? "better" : "worse";
}
