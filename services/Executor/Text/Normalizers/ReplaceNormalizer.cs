using System.Text;

namespace Fovea.Executor.Text.Normalizers;

/// <summary>Replaces every match of a pattern by a fixed string.</summary>
internal sealed class ReplaceNormalizer : INormalizer
{
    private readonly ITextPattern _pattern;
    private readonly string _content;

    /// <summary>Replaces matches of <paramref name="pattern"/> by <paramref name="content"/>.</summary>
    public ReplaceNormalizer(ITextPattern pattern, string content)
    {
        _pattern = pattern;
        _content = content;
    }

    /// <inheritdoc/>
    public string Normalize(string text)
    {
        if (_pattern is LiteralPattern literal)
        {
            return literal.Replace(text, _content);
        }

        var spans = new List<TextSpan>();
        _pattern.Split(text, spans);
        var builder = new StringBuilder(text.Length);
        foreach (var span in spans)
        {
            builder.Append(span.IsMatch ? _content : text.AsSpan(span.Start, span.End - span.Start));
        }

        return builder.ToString();
    }
}
