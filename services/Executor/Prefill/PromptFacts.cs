using System.Runtime.InteropServices;

namespace Fovea.Executor.Prefill;

/// <summary>What a prefill must know of its prompt once the embeddings are rows.</summary>
/// <param name="TextRows">Text tokens, T.</param>
/// <param name="InstructionRows">Text tokens after the last vision token.</param>
/// <param name="NextPosition">Position id of the first token of the answer.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PromptFacts(int TextRows, int InstructionRows, int NextPosition);
