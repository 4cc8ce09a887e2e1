using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Audit;

/// <summary>Reports a file that cannot be written.</summary>
internal sealed class AuditOptionsValidator : IValidateOptions<AuditOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuditOptions options)
    {
        var faults = new OptionFaults(AuditOptions.Section);
        if (options.File.Length > 0)
        {
            try
            {
                AuditFile.Open(options.File).Dispose();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                faults.Add(nameof(options.File), $"is \"{options.File}\", which cannot be written: {exception.Message.TrimEnd('.')}");
            }
        }

        return faults.Result;
    }
}
