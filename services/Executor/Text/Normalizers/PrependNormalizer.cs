namespace Fovea.Executor.Text.Normalizers;

/// <summary>Puts a fixed string before every text that is not empty.</summary>
internal sealed class PrependNormalizer : INormalizer
{
    private readonly string _prefix;

    /// <summary>Prepends <paramref name="prefix"/>.</summary>
    public PrependNormalizer(string prefix) => _prefix = prefix;

    /// <inheritdoc/>
    public string Normalize(string text) => text.Length == 0 ? text : _prefix + text;
}
