using System.Collections.Immutable;
using Fovea.Executor.Text;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>What turns tokens into an answer.</summary>
/// <param name="Tokenizer">The model's.</param>
/// <param name="EosIds">Ids that end an answer.</param>
internal sealed record TrialText(ITokenizer Tokenizer, ImmutableArray<int> EosIds);
