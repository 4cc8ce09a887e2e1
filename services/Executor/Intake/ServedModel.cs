using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
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
/// <param name="Placement">Family, data type and device, as announced.</param>
internal sealed record ServedModel(
    IInferenceEngine Engine,
    IModelFront Front,
    ITokenizer Tokenizer,
    ImmutableArray<int> EosIds,
    int DefaultMaxTokens,
    ModelPlacement Placement)
{
    /// <summary>Identity and shape.</summary>
    public ModelProfile Profile => Engine.Profile;

    /// <summary>What the scheduler and clients are told of it.</summary>
    public Contracts.V1.ModelProfile Announce()
    {
        var message = ModelProfileMapping.ToProto(Profile);
        message.Family = Placement.Family;
        message.Dtype = Placement.DType;
        message.Device = Placement.Device;
        return message;
    }
}
