using Fovea.Executor.Models.Layers;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Runtime;

/// <summary>A model whose weights are in place; used and disposed on the inference thread.</summary>
/// <param name="Profile">Identity and shape.</param>
/// <param name="Language">The decoder.</param>
/// <param name="Vision">The vision encoder; null for a language model alone.</param>
/// <param name="ImageTokenId">Id that stands for one place of an image in prompt ids.</param>
/// <param name="Weights">Owner of every weight of both.</param>
internal sealed record LoadedModel(
    ModelProfile Profile,
    ILanguageModel Language,
    IVisionEncoder? Vision,
    int ImageTokenId,
    IDisposable Weights) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Language.Dispose();
        Weights.Dispose();
    }
}
