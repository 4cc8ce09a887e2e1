using Fovea.ServiceDefaults.Hosting;
using Fovea.ServiceDefaults.Security;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Clients;

/// <summary>Reports everything that is wrong with the options, and with the files that they name, at once.</summary>
internal sealed class ClientOptionsValidator : IValidateOptions<ClientOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ClientOptions options)
    {
        var faults = new OptionFaults(ClientOptions.Section);
        faults.Range(nameof(options.ReloadInterval), options.ReloadInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        faults.Range(nameof(options.ConnectionLifetime), options.ConnectionLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        if ((options.CertificateFile.Length > 0) != (options.KeyFile.Length > 0))
        {
            faults.Add(nameof(options.CertificateFile), "and Client:KeyFile go together, but only one is given");
        }
        else
        {
            faults.File(
                nameof(options.CertificateFile), [options.CertificateFile, options.KeyFile], files => PemFiles.WithKey(files[0], files[1]));
        }

        faults.File(nameof(options.CaFile), [options.CaFile], files => PemFiles.Certificates(files[0]));
        faults.File(nameof(options.TokenFile), [options.TokenFile], files => BearerToken.Read(files[0]));
        return faults.Result;
    }
}
