using Fovea.Executor.Text;
using Fovea.Torch.Images;

namespace Fovea.Executor.Intake;

/// <summary>What a model family does on the CPU before the inference thread: prompts and image inputs; safe for several threads.</summary>
internal interface IModelFront
{
    /// <summary>Makes the ids of a conversation, each image placed where it stands.</summary>
    EncodedPrompt Encode(IReadOnlyList<ChatMessage> messages);

    /// <summary>Makes the encoder's input of one decoded image.</summary>
    Runtime.PixelValues Preprocess(RgbImage image);
}
