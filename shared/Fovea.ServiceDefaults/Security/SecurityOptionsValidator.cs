using System.Collections.Frozen;
using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Reports everything that is wrong with the options, and with the files that they name, at once.</summary>
internal sealed class SecurityOptionsValidator : IValidateOptions<SecurityOptions>
{
    private static readonly FrozenSet<string> Algorithms =
        FrozenSet.Create(StringComparer.Ordinal, "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        var faults = new OptionFaults(SecurityOptions.Section);
        faults.Range(nameof(options.ClockSkew), options.ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        faults.Range(nameof(options.ReloadInterval), options.ReloadInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        CheckClients(options, faults);
        CheckTokens(options, faults);
        if (options.IsOn)
        {
            CheckOn(options, faults);
        }

        return faults.Result;
    }

    private static void CheckClients(SecurityOptions options, OptionFaults faults)
    {
        for (var index = 0; index < options.Clients.Count; index++)
        {
            var rule = options.Clients[index];
            if (!ClientPattern.TryParse(rule.Match, out _))
            {
                faults.Add($"Clients:{index}:Match", $"is \"{rule.Match}\", not dns:, uri: or cn: and a name, such as dns:executor-*.fovea.svc");
            }

            foreach (var role in Roles.Split(rule.Roles).Where(role => !Roles.All.Contains(role)))
            {
                faults.Add($"Clients:{index}:Roles", $"names the role \"{role}\"; there are {string.Join(", ", Roles.All.Order(StringComparer.Ordinal))}");
            }
        }

        if (options.RequireClientCertificate && !options.TakesCertificates)
        {
            faults.Add(nameof(options.RequireClientCertificate), "is set, but Security:ClientCaFile is empty, so that no certificate would be accepted");
        }
    }

    private static void CheckTokens(SecurityOptions options, OptionFaults faults)
    {
        foreach (var algorithm in options.AlgorithmList.Where(algorithm => !Algorithms.Contains(algorithm)))
        {
            faults.Add(nameof(options.Algorithms), $"names \"{algorithm}\"; there are {string.Join(", ", Algorithms.Order(StringComparer.Ordinal))}");
        }

        if (!options.TakesTokens)
        {
            return;
        }

        if (options.JwksFile.Length > 0 && options.SigningKeyFile.Length > 0)
        {
            faults.Add(nameof(options.SigningKeyFile), "is given beside Security:JwksFile; only one may be");
        }

        faults.Text(nameof(options.Issuer), options.Issuer);
        faults.Text(nameof(options.Audience), options.Audience);
        faults.Text(nameof(options.RoleClaim), options.RoleClaim);
        faults.Text(nameof(options.TenantClaim), options.TenantClaim);
        faults.Text(nameof(options.Algorithms), string.Concat(options.AlgorithmList));
    }

    private static void CheckOn(SecurityOptions options, OptionFaults faults)
    {
        faults.Text(nameof(options.CertificateFile), options.CertificateFile);
        faults.Text(nameof(options.KeyFile), options.KeyFile);
        if (!options.TakesTokens && (!options.TakesCertificates || options.Clients.Count == 0))
        {
            faults.Add(
                nameof(options.Mode),
                "is on, but nobody could be authenticated: give Security:ClientCaFile and Security:Clients, or Security:JwksFile or Security:SigningKeyFile");
        }

        if (options is { CertificateFile.Length: > 0, KeyFile.Length: > 0 })
        {
            faults.File(
                nameof(options.CertificateFile), [options.CertificateFile, options.KeyFile], files => ServerTls.MakeContext(files[0], files[1]));
        }

        faults.File(nameof(options.ClientCaFile), [options.ClientCaFile], files => PemFiles.Certificates(files[0]));
        faults.File(nameof(options.JwksFile), [options.JwksFile], files => TokenKeys.FromSet(files[0]));
        faults.File(nameof(options.SigningKeyFile), [options.SigningKeyFile], files => TokenKeys.FromPem(files[0]));
    }
}
