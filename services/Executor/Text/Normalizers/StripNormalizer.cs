namespace Fovea.Executor.Text.Normalizers;

/// <summary>Removes white space at the ends.</summary>
internal sealed class StripNormalizer : INormalizer
{
    private readonly bool _left;
    private readonly bool _right;

    /// <summary>Strips the chosen ends.</summary>
    public StripNormalizer(bool left, bool right)
    {
        _left = left;
        _right = right;
    }

    /// <inheritdoc/>
    public string Normalize(string text)
    {
        text = _left ? text.TrimStart() : text;
        return _right ? text.TrimEnd() : text;
    }
}
