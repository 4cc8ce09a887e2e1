using Fovea.Executor.Cache;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>One forward pass without services: for checking a checkpoint against a reference.</summary>
internal static class ModelForward
{
    /// <summary>Encodes the images, runs the prompt by a plan, and returns all logits.</summary>
    /// <param name="model">Loaded on the calling thread.</param>
    /// <param name="inputs">Ids and pixels.</param>
    /// <param name="plan">For the model's layers and the prompt's vision tokens.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <exception cref="ArgumentException">Inputs, plan and model do not fit each other.</exception>
    public static ForwardOutputs Run(LoadedModel model, ForwardInputs inputs, KeepPlan plan, CancellationToken cancellationToken)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var prompt = inputs.PromptFor(model);
        var features = Encode(model, inputs.Images, cancellationToken);
        var embeddings = PromptEmbedder.Embed(model.Language, inputs.InputIds, prompt.FeatureSpans, features); // [S, C]
        var language = model.Language;
        var input = PrefillInput.Of(embeddings, prompt, plan) with { AllLogits = true, ReportKept = true };
        PrefillGuard.Require(input, language.Shape);
        using var cache = KvCache.Allocate(language.Shape, plan, prompt.TextTokens, language.DType, language.Device);
        using var result = new PrefillRunner(language).Run(input, cache, cancellationToken);
        var (rows, vocabulary) = ((int)result.Logits.shape[0], (int)result.Logits.shape[1]);
        return new ForwardOutputs(result.Logits.ToSingleArray(), rows, vocabulary, result.AppliedCounts, result.Kept);
    }

    private static Tensor? Encode(LoadedModel model, IReadOnlyList<PixelValues> images, CancellationToken cancellationToken)
    {
        if (images.Count == 0)
        {
            return null;
        }

        return torch.cat([.. images.Select(image => model.Vision!.Encode(PixelTensor.Of(image, model.Language), cancellationToken))], 0); // [V, C]
    }
}
