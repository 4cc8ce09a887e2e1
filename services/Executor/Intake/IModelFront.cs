using System.Collections.Immutable;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Intake;

/// <summary>What a model family does on the CPU before the inference thread: prompts and image inputs; safe for several threads.</summary>
internal interface IModelFront
{
    /// <summary>Makes the ids of a conversation, each image placed where it stands.</summary>
    EncodedPrompt Encode(ImmutableArray<ChatTurn> turns);

    /// <summary>Decodes and preprocesses one image file that passed <see cref="ImageChecks"/>.</summary>
    /// <exception cref="InvalidDataException">The file is damaged behind its header.</exception>
    PixelValues Preprocess(ReadOnlyMemory<byte> image);
}
