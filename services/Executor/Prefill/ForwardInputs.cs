using Fovea.Executor.Runtime;

namespace Fovea.Executor.Prefill;

/// <summary>Raw model inputs, as a processor makes them.</summary>
/// <param name="InputIds">Prompt ids [S], image placeholders expanded.</param>
/// <param name="Images">Preprocessed images, in prompt order; where the processor does not tell which tile belongs to which image, tiles.</param>
internal sealed record ForwardInputs(int[] InputIds, IReadOnlyList<PixelValues> Images)
{
    /// <summary>Finds what stands where in the prompt.</summary>
    /// <exception cref="ArgumentException">Inputs and model do not fit each other; the counts are named.</exception>
    public ModelPrompt PromptFor(LoadedModel model)
    {
        if (Images.Count > 0 && model.Vision is null)
        {
            throw new ArgumentException("The model has no vision encoder.", nameof(model));
        }

        return ModelPrompt.Of(InputIds, model.ImageTokenId, [.. Images.Select(image => model.Vision!.TokensOf(image))]);
    }
}
