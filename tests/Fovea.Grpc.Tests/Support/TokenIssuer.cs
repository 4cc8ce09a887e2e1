using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fovea.GrpcTests.Support;

/// <summary>Signs tokens, good ones and bad ones.</summary>
internal sealed class TokenIssuer : IDisposable
{
    public const string Issuer = "https://issuer.test";
    public const string Audience = "fovea";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>The public keys as a JSON Web Key Set.</summary>
    public string Jwks
    {
        get
        {
            var key = _rsa.ExportParameters(false);
            return JsonSerializer.Serialize(new
            {
                keys = new[] { new { kty = "RSA", use = "sig", kid = "one", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } },
            });
        }
    }

    public string PublicKeyPem => _rsa.ExportSubjectPublicKeyInfoPem();

    /// <summary>A token for a tenant, valid for a time from now, in the given roles.</summary>
    public string Token(string roles, string audience = Audience, string issuer = Issuer, TimeSpan? valid = null, string tenant = "acme") => _handler.CreateToken(
        Describe(roles, audience, issuer, valid ?? TimeSpan.FromMinutes(5), tenant, new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "one" }, "RS256")));

    /// <summary>A token that nobody has signed.</summary>
    public string Unsigned(string roles) => _handler.CreateToken(Describe(roles, Audience, Issuer, TimeSpan.FromMinutes(5), "acme", null));

    /// <summary>A token signed by the public key, taken for a shared secret.</summary>
    public string SignedByPublicKey(string roles)
    {
        var secret = new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(PublicKeyPem)) { KeyId = "one" };
        return _handler.CreateToken(Describe(roles, Audience, Issuer, TimeSpan.FromMinutes(5), "acme", new SigningCredentials(secret, "HS256")));
    }

    /// <summary>A good token whose claims were changed after it was signed.</summary>
    public string Forged(string roles)
    {
        var parts = Token("infer").Split('.');
        var other = Token(roles).Split('.');
        return $"{parts[0]}.{other[1]}.{parts[2]}";
    }

    public void Dispose() => _rsa.Dispose();

    private static SecurityTokenDescriptor Describe(
        string roles, string audience, string issuer, TimeSpan valid, string tenant, SigningCredentials? credentials)
    {
        var now = DateTime.UtcNow;
        return new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now.AddHours(-1),
            Expires = now + valid,
            SigningCredentials = credentials,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = "user-1",
                ["roles"] = roles.Split(' '),
                ["tenant"] = tenant,
            },
        };
    }
}
