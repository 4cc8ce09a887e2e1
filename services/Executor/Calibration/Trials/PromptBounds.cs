using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>The most tokens of a question's prompt in a set; both may be of different questions.</summary>
/// <param name="VisionTokens">Most vision tokens.</param>
/// <param name="TextTokens">Most other tokens.</param>
internal sealed record PromptBounds(int VisionTokens, int TextTokens)
{
    /// <summary>Measures every prompt of a set, each image's header read once.</summary>
    /// <exception cref="RequestRefusedException">The model takes no image of a size that is in the set.</exception>
    /// <exception cref="ArgumentException">A question makes no prompt.</exception>
    /// <exception cref="IOException">The set was given up meanwhile.</exception>
    public static async Task<PromptBounds> OfAsync(StoredSet set, ServedModel model)
    {
        var sizes = new Dictionary<string, ImageSize>(StringComparer.Ordinal);
        foreach (var key in set.Images)
        {
            var image = await set.ReadImageAsync(key, CancellationToken.None).ConfigureAwait(false);
            sizes.Add(key, SampleReader.SizeOf(image, key, model));
        }

        var bounds = new PromptBounds(0, 0);
        foreach (var question in set.Questions)
        {
            var prompt = SampleReader.PromptOf(question.Question, sizes[question.Image], model);
            bounds = new PromptBounds(Math.Max(bounds.VisionTokens, prompt.VisionTokens), Math.Max(bounds.TextTokens, prompt.TextTokens));
        }

        return bounds;
    }
}
