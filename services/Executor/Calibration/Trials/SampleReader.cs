using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Torch.Images;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>Turns questions of a set into prompts and expected tokens; safe for several threads.</summary>
internal static class SampleReader
{
    /// <summary>Reads one question.</summary>
    /// <remarks>
    /// The answer is tokenised by itself: the answer's first token is then the one that a model writes after its prompt, with the
    /// space that a SentencePiece vocabulary puts before a text (<c>▁yellow</c>) and without one where the template ends in a line break.
    /// </remarks>
    /// <exception cref="RequestRefusedException">The prompt does not fit the model's context, or the image is none.</exception>
    public static async Task<Sample> ReadAsync(StoredSet set, int index, ServedModel model, CancellationToken cancellationToken)
    {
        var question = set.Questions[index];
        var image = await set.ReadImageAsync(question.Image, cancellationToken).ConfigureAwait(false);
        var prompt = PromptOf(question.Question, SizeOf(image, question.Image, model), model);
        var expected = model.Tokenizer.Encode(new PromptParts([new PromptPart.Text(question.Answer)]), addSpecialTokens: false);
        var limit = model.Profile.ContextLength > 0 ? model.Profile.ContextLength : int.MaxValue;
        var room = limit - prompt.InputIds.Length;
        if (room < Math.Max(1, expected.Length))
        {
            var faults = new RequestFaults();
            faults.Invalid(
                $"questions[{index}]",
                $"The prompt has {prompt.InputIds.Length} tokens and the answer {expected.Length}; the context of '{model.Profile.Name}' holds {limit}.");
            faults.ThrowIfAny();
        }

        return new Sample(
            new SampleKey(set.Digest, index),
            new ImageKey(set.Digest, question.Image),
            prompt,
            question.Answer,
            [.. expected],
            Math.Min(model.DefaultMaxTokens, room));
    }

    /// <summary>Makes the prompt of a question about an image.</summary>
    public static ModelPrompt PromptOf(string question, ImageSize image, ServedModel model) =>
        model.Front.Encode([ChatMessage.Ask(question)], [image]);

    /// <summary>Tells the size of an image of a set.</summary>
    /// <exception cref="RequestRefusedException">The image is none, or the model takes none of its size.</exception>
    public static ImageSize SizeOf(byte[] image, string key, ServedModel model)
    {
        try
        {
            var header = ImageCodec.Probe(image);
            var size = new ImageSize(header.Width, header.Height);
            return model.Front.FaultOf(size) is { } fault ? throw Unusable(key, fault) : size;
        }
        catch (ImageException e)
        {
            throw Unusable(key, e.Message);
        }
    }

    private static RequestRefusedException Unusable(string key, string fault) =>
        new([new RequestFault(RefusalReason.Invalid, $"images[{key}]", fault)]);
}
