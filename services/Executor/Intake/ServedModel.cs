using System.Collections.Immutable;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Intake;

/// <summary>A loaded model with everything that requests to it need outside the inference thread.</summary>
/// <param name="Engine">Runs it.</param>
/// <param name="Front">Makes its prompts and its image inputs.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
/// <param name="EosIds">Ids that end an answer.</param>
/// <param name="DefaultMaxTokens">Most tokens of an answer when the request does not say.</param>
internal sealed record ServedModel(
    IInferenceEngine Engine,
    IModelFront Front,
    ITokenizer Tokenizer,
    ImmutableArray<int> EosIds,
    int DefaultMaxTokens)
{
    /// <summary>Identity and shape.</summary>
    public ModelProfile Profile => Engine.Profile;
}
