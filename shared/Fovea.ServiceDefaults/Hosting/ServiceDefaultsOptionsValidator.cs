using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Reports everything that is wrong with the options at once.</summary>
internal sealed class ServiceDefaultsOptionsValidator : IValidateOptions<ServiceDefaultsOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServiceDefaultsOptions options)
    {
        var faults = new List<string>();
        CheckAddress(faults, nameof(options.Listen), options.Listen);
        if (options.MetricsListen is not null)
        {
            CheckAddress(faults, nameof(options.MetricsListen), options.MetricsListen);
        }

        if (options.HealthListen is not null)
        {
            CheckAddress(faults, nameof(options.HealthListen), options.HealthListen);
        }

        CheckRange(faults, nameof(options.MaxLabelSets), options.MaxLabelSets, 1, 1_000_000);
        CheckRange(faults, nameof(options.DrainDelay), options.DrainDelay, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        CheckRange(faults, nameof(options.DrainRetryAfter), options.DrainRetryAfter, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        CheckRange(faults, nameof(options.ShutdownTimeout), options.ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromHours(1));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckAddress(List<string> faults, string option, string value)
    {
        if (!ListenAddress.TryParse(value, out _))
        {
            faults.Add($"{ServiceDefaultsOptions.Section}:{option} is \"{value}\", not an address and a port such as 127.0.0.1:7070 or [::]:0.");
        }
    }

    private static void CheckRange<T>(List<string> faults, string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            faults.Add($"{ServiceDefaultsOptions.Section}:{option} is {value}; it has to be from {least} to {most}.");
        }
    }
}
