using Microsoft.Extensions.Options;

namespace Fovea.Executor.Planning;

/// <summary>Checks what the ranges of single options cannot say.</summary>
internal sealed class PlanningOptionsValidator : IValidateOptions<PlanningOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PlanningOptions options)
    {
        var faults = new List<string>();
        var isAddress = Uri.TryCreate(options.Scheduler, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");
        if (!options.IsAlone && !isAddress)
        {
            faults.Add(
                $"Planning:Scheduler (--scheduler) is '{options.Scheduler}', which is no http address such as http://127.0.0.1:7080.");
        }

        if (options.ReconnectMax < options.ReconnectBase)
        {
            faults.Add($"Planning:ReconnectMax is {options.ReconnectMax}, below Planning:ReconnectBase, which is {options.ReconnectBase}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
