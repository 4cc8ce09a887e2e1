using Fovea.Planning.Validation;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Hosting;

/// <summary>Checks what the ranges of single options cannot say.</summary>
internal sealed class ModelOptionsValidator : IValidateOptions<ModelOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        if (options.Directory.Length == 0)
        {
            return ValidateOptionsResult.Skip; // Said by the option itself.
        }

        var faults = new List<string>();
        if (!Directory.Exists(options.Directory))
        {
            faults.Add($"Model:Directory (--model) is '{options.Directory}', which is no folder.");
        }

        if (!Names.IsValid(options.EffectiveName))
        {
            faults.Add(
                $"The model's name '{options.EffectiveName}' is not 1 to {Names.MaxLength} letters, digits or ._-/: that start with a "
                + "letter or digit; give one by --model-name (Model:Name).");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
