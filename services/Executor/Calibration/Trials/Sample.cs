using System.Collections.Immutable;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>One question, ready to be asked as a served request would ask it.</summary>
/// <param name="Key">Which one it is.</param>
/// <param name="Image">Its image.</param>
/// <param name="Prompt">Its prompt.</param>
/// <param name="Answer">The expected text.</param>
/// <param name="Expected">Tokens of the expected text as the model would write it, without the end.</param>
/// <param name="MaxTokens">Most tokens of an answer.</param>
internal sealed record Sample(
    SampleKey Key, ImageKey Image, ModelPrompt Prompt, string Answer, ImmutableArray<int> Expected, int MaxTokens)
{
    /// <summary>Rows that every layer's cache has beside its vision tokens.</summary>
    public int TextAndAnswer => Prompt.TextTokens + Math.Max(MaxTokens, Expected.Length);

    /// <summary>Text tokens after the last vision token.</summary>
    public int InstructionTokens => Prompt.InstructionTokens;
}
