using Fovea.Executor.Text.Unicode;

namespace Fovea.Executor.Text.Normalizers;

/// <summary>Brings text into one of the Unicode normalization forms.</summary>
internal sealed class UnicodeNormalizer : INormalizer
{
    private readonly UnicodeForm _form;

    /// <summary>Normalizes to <paramref name="form"/>.</summary>
    public UnicodeNormalizer(UnicodeForm form) => _form = form;

    /// <inheritdoc/>
    public string Normalize(string text) => UnicodeNormalization.Normalize(text, _form);
}
