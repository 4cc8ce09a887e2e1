using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Fovea.ServiceDefaults.Security;

/// <summary>One name of a certificate.</summary>
/// <param name="Kind">One of <see cref="ClientPattern.Kinds"/>.</param>
/// <param name="Value">The name.</param>
internal sealed record CertificateName(string Kind, string Value)
{
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>All names of a certificate: alternative names first, the common name last.</summary>
    public static IReadOnlyList<CertificateName> Of(X509Certificate2 certificate)
    {
        var names = new List<CertificateName>();
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.AddRange(extension.EnumerateDnsNames().Select(name => new CertificateName("dns", name)));
            names.AddRange(Uris(extension.RawData).Select(uri => new CertificateName("uri", uri)));
        }

        if (certificate.GetNameInfo(X509NameType.SimpleName, false) is { Length: > 0 } common)
        {
            names.Add(new CertificateName("cn", common));
        }

        return names;
    }

    private static List<string> Uris(byte[] extension)
    {
        var uris = new List<string>();
        var names = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(UriTag))
            {
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
            }
            else
            {
                names.ReadEncodedValue();
            }
        }

        return uris;
    }
}
