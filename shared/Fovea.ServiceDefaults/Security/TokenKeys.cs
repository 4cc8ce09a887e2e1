using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Reads the public keys of an issuer; a shared secret is never one.</summary>
internal static class TokenKeys
{
    private const int LeastRsaBits = 2048;

    /// <summary>Reads a JSON Web Key Set.</summary>
    /// <exception cref="CryptographicException">It cannot be used.</exception>
    public static IReadOnlyList<SecurityKey> FromSet(byte[] json)
    {
        JsonWebKeySet set;
        try
        {
            set = new JsonWebKeySet(Encoding.UTF8.GetString(json));
        }
        catch (ArgumentException exception)
        {
            throw new CryptographicException("It is no JSON Web Key Set.", exception);
        }

        return Require(set.GetSigningKeys().Where(IsAsymmetric).ToList());
    }

    /// <summary>Reads one public key.</summary>
    /// <exception cref="CryptographicException">It is neither an RSA nor an elliptic curve key.</exception>
    public static IReadOnlyList<SecurityKey> FromPem(byte[] pem)
    {
        var text = Encoding.UTF8.GetString(pem);
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(text);
            return Require([new RsaSecurityKey(rsa.ExportParameters(false))]);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return Require([CurveKey(text, exception)]);
        }
    }

    private static ECDsaSecurityKey CurveKey(string text, Exception asRsa)
    {
        try
        {
            var curve = ECDsa.Create();
            curve.ImportFromPem(text);
            return new ECDsaSecurityKey(ECDsa.Create(curve.ExportParameters(false)));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new CryptographicException($"It is neither an RSA key ({asRsa.Message}) nor an elliptic curve key ({exception.Message}).", exception);
        }
    }

    private static bool IsAsymmetric(SecurityKey key) =>
        key is AsymmetricSecurityKey or JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.RSA or JsonWebAlgorithmsKeyTypes.EllipticCurve };

    private static IReadOnlyList<SecurityKey> Require(IReadOnlyList<SecurityKey> keys)
    {
        if (keys.Count == 0)
        {
            throw new CryptographicException("There is no public signing key in it.");
        }

        return keys.FirstOrDefault(key => key is RsaSecurityKey or JsonWebKey { Kty: JsonWebAlgorithmsKeyTypes.RSA } && key.KeySize < LeastRsaBits) is { } weak
            ? throw new CryptographicException($"An RSA key has {weak.KeySize} bits, at least {LeastRsaBits} are needed.")
            : keys;
    }
}
