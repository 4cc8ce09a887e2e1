using System.Collections.Immutable;

namespace Fovea.Executor.Runtime;

/// <summary>One more token of the answer; end-of-text is not reported as a token.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Logprob">Natural logarithm of its probability before temperature; NaN unless asked for.</param>
/// <param name="Alternatives">Likeliest tokens with their log-probabilities, best first; empty unless asked for.</param>
internal sealed record TokenGenerated(int Id, float Logprob, ImmutableArray<(int Id, float Logprob)> Alternatives) : GenerationEvent;
