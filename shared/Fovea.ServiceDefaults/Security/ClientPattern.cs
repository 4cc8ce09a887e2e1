using System.Diagnostics.CodeAnalysis;
using System.IO.Enumeration;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Matches names of certificates: a kind, and a name in which <c>*</c> stands for any text.</summary>
/// <param name="Kind">The kind of name.</param>
/// <param name="Pattern">The name.</param>
internal sealed record ClientPattern(string Kind, string Pattern)
{
    /// <summary>The kinds of names that a certificate has.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["dns", "uri", "cn"];

    /// <summary>Reads <c>kind:name</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ClientPattern? pattern)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var isPattern = colon > 0 && colon < text.Length - 1 && Kinds.Contains(text[..colon], StringComparer.Ordinal);
        pattern = isPattern ? new ClientPattern(text[..colon], text[(colon + 1)..]) : null;
        return isPattern;
    }

    /// <summary>Whether a name is one of these; DNS names have no case.</summary>
    public bool Matches(CertificateName name) =>
        name.Kind == Kind && FileSystemName.MatchesSimpleExpression(Escaped, name.Value, ignoreCase: Kind == "dns");

    // The matcher's other special characters stand for themselves here.
    private string Escaped => Pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
}
