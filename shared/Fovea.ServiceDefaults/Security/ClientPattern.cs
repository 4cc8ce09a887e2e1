using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Matches names of certificates: a kind, and a name in which <c>*</c> stands for any text.</summary>
internal sealed class ClientPattern
{
    /// <summary>The kinds of names that a certificate has.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["dns", "uri", "cn"];

    private readonly string _kind;
    private readonly Regex _name;

    private ClientPattern(string kind, string pattern)
    {
        var expression = string.Join(".*", Folded(kind, pattern).Split('*').Select(Regex.Escape));
        _kind = kind;
        _name = new Regex($@"\A{expression}\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>Reads <c>kind:name</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ClientPattern? pattern)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var isPattern = colon > 0 && colon < text.Length - 1 && Kinds.Contains(text[..colon], StringComparer.Ordinal);
        pattern = isPattern ? new ClientPattern(text[..colon], text[(colon + 1)..]) : null;
        return isPattern;
    }

    /// <summary>Whether a name is one of these.</summary>
    public bool Matches(CertificateName name) => name.Kind == _kind && _name.IsMatch(Folded(_kind, name.Value));

    // DNS names have no case.
    private static string Folded(string kind, string name) => kind == "dns" ? name.ToLowerInvariant() : name;
}
