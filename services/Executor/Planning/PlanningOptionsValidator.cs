using Microsoft.Extensions.Options;

namespace Fovea.Executor.Planning;

/// <summary>Checks what the ranges of single options cannot say.</summary>
internal sealed class PlanningOptionsValidator : IValidateOptions<PlanningOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, PlanningOptions options)
    {
        var faults = new List<string>();
        faults.AddRange(options.Unreadable.Select(entry =>
            $"Planning:Scheduler (--scheduler) names '{entry}', which is no address such as http://127.0.0.1:7080 or dns:///scheduler:7080."));
        if (!options.IsAlone && options.Targets.IsEmpty && options.Unreadable.IsEmpty)
        {
            faults.Add($"Planning:Scheduler (--scheduler) is '{options.Scheduler}', which names no scheduler.");
        }

        if (options.ReconnectMax < options.ReconnectBase)
        {
            faults.Add($"Planning:ReconnectMax is {options.ReconnectMax}, below Planning:ReconnectBase, which is {options.ReconnectBase}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
