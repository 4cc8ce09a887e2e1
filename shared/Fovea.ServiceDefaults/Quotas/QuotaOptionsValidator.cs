using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Quotas;

/// <summary>Reports everything that is wrong with the options at once.</summary>
internal sealed class QuotaOptionsValidator : IValidateOptions<QuotaOptions>
{
    private const double MostRate = 1e9;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, QuotaOptions options)
    {
        var faults = new OptionFaults(QuotaOptions.Section);
        Check(string.Empty, options, faults);
        foreach (var (tenant, limits) in options.Tenants)
        {
            Check($"Tenants:{tenant}:", limits, faults);
        }

        faults.Range(nameof(options.MaxTenants), options.MaxTenants, 1, 1_000_000);
        return faults.Result;
    }

    private static void Check(string prefix, QuotaLimits limits, OptionFaults faults)
    {
        faults.Range(prefix + nameof(limits.RequestsPerSecond), limits.RequestsPerSecond, 0, MostRate);
        faults.Range(prefix + nameof(limits.Burst), limits.Burst, 0, MostRate);
        faults.Range(prefix + nameof(limits.ConcurrentRequests), limits.ConcurrentRequests, 0, int.MaxValue);
        faults.Range(prefix + nameof(limits.VisionTokensPerSecond), limits.VisionTokensPerSecond, 0, MostRate);
        faults.Range(prefix + nameof(limits.VisionTokenBurst), limits.VisionTokenBurst, 0, MostRate);
    }
}
