using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Tells who the bearer of a token is; the keys come from a file, and no issuer is ever asked.</summary>
internal sealed class TokenIdentities
{
    private readonly SecurityOptions _options;
    private readonly TimeProvider _time;
    private readonly SecurityMetrics _metrics;
    private readonly ReloadedFiles<IReadOnlyList<SecurityKey>>? _keys;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Reads the keys; the options are valid.</summary>
    public TokenIdentities(IOptions<SecurityOptions> options, TimeProvider time, SecurityMetrics metrics, ILogger<TokenIdentities> logger)
    {
        _options = options.Value;
        _time = time;
        _metrics = metrics;
        _keys = _options switch
        {
            { JwksFile.Length: > 0 } => new([_options.JwksFile], files => TokenKeys.FromSet(files[0]), logger),
            { SigningKeyFile.Length: > 0 } => new([_options.SigningKeyFile], files => TokenKeys.FromPem(files[0]), logger),
            _ => null,
        };
    }

    /// <summary>Looks at the key file.</summary>
    public void Refresh() => _metrics.Reloaded("token_keys", _keys?.Refresh());

    /// <summary>Checks a token.</summary>
    public async Task<Authentication> CheckAsync(string token)
    {
        if (_keys is null)
        {
            return Authentication.Refuse(RefusalReasons.Token);
        }

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = _options.Issuer,
            ValidAudience = _options.Audience,
            ValidAlgorithms = _options.AlgorithmList,
            IssuerSigningKeys = _keys.Current,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = IsAlive,
        }).ConfigureAwait(false);
        return result.IsValid
            ? Authentication.Accept(IdentityOf((JsonWebToken)result.SecurityToken, result.ClaimsIdentity))
            : Authentication.Refuse(ReasonOf(result.Exception));
    }

    private static string ReasonOf(Exception? exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException => RefusalReasons.TokenLifetime,
        SecurityTokenInvalidAudienceException => RefusalReasons.TokenAudience,
        SecurityTokenInvalidIssuerException => RefusalReasons.TokenIssuer,
        _ => RefusalReasons.Token,
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + _options.ClockSkew && (notBefore is not { } begin || now > begin - _options.ClockSkew);
    }

    private CallIdentity IdentityOf(JsonWebToken token, ClaimsIdentity claims)
    {
        var subject = token.Subject is { Length: > 0 } named ? named : "(token without a subject)";
        var roles = claims.FindAll(_options.RoleClaim).SelectMany(claim => Roles.Split(claim.Value)).Where(Roles.All.Contains);
        return new CallIdentity(subject, claims.FindFirst(_options.TenantClaim)?.Value ?? string.Empty, roles)
        {
            Names = [subject],
            Expires = new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + _options.ClockSkew,
        };
    }
}
