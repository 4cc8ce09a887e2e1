using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Torch.Images;

namespace Fovea.Executor.Intake;

/// <summary>What a model does on the CPU before the inference thread: prompts and image inputs; safe for several threads.</summary>
internal interface IModelFront
{
    /// <summary>Says why the model takes no image of a size; null when it takes it.</summary>
    string? FaultOf(ImageSize image);

    /// <summary>Makes the ids of a conversation, each image placed where it stands.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="images">Sizes of its images, in order.</param>
    /// <exception cref="Vision.ImageShapeException">An image has a fault, see <see cref="FaultOf"/>.</exception>
    ModelPrompt Encode(IReadOnlyList<ChatMessage> messages, IReadOnlyList<ImageSize> images);

    /// <summary>Makes the encoder's input of one decoded image.</summary>
    PixelValues Preprocess(RgbImage image);
}
