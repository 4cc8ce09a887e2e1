using Fovea.Cli.Generation;

namespace Fovea.Cli.Demo;

/// <summary>Holds both answers to one question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Full">Answer with everything kept.</param>
/// <param name="Pruned">Answer by the policy's plan.</param>
internal sealed record DemoRow(DemoQuestion Question, GenerationAnswer Full, GenerationAnswer Pruned)
{
    /// <summary>Gets whether the full answer is exact.</summary>
    public bool IsFullRight => Full.Text == Question.Answer;

    /// <summary>Gets whether the pruned answer is exact.</summary>
    public bool IsPrunedRight => Pruned.Text == Question.Answer;
}
