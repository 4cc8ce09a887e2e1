namespace Fovea.Executor.Text.Normalizers;

/// <summary>Lowers every character by itself, without regard to its neighbours or a language.</summary>
internal sealed class LowercaseNormalizer : INormalizer
{
    private const string CapitalDottedI = "\u0130";
    private const string LoweredDottedI = "i\u0307";

    /// <inheritdoc/>
    public string Normalize(string text) =>
        text.Replace(CapitalDottedI, LoweredDottedI, StringComparison.Ordinal).ToLowerInvariant();
}
