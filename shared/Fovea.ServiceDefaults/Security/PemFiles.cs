using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Reads certificates and keys.</summary>
internal static class PemFiles
{
    /// <summary>Reads all certificates of a text; there is at least one.</summary>
    /// <exception cref="CryptographicException">There is none, or one cannot be read.</exception>
    public static X509Certificate2Collection Certificates(byte[] pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(Encoding.UTF8.GetString(pem));
        return certificates.Count > 0 ? certificates : throw new CryptographicException("There is no certificate in it.");
    }

    /// <summary>Joins the first certificate of a text with its private key.</summary>
    /// <exception cref="CryptographicException">One cannot be read, or they do not belong together.</exception>
    public static X509Certificate2 WithKey(byte[] certificate, byte[] key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate), Encoding.UTF8.GetString(key));
        }
        catch (ArgumentException exception)
        {
            throw new CryptographicException(exception.Message, exception);
        }
    }
}
