using Fovea.Contracts.V1;
using Fovea.Executor.Decode;

namespace Fovea.Executor.Intake;

/// <summary>Reads how tokens are to be chosen.</summary>
internal static class SamplingReader
{
    /// <summary>Gives the options; what is wrong goes to <paramref name="faults"/>.</summary>
    /// <param name="sampling">The message; its zeros stand for defaults.</param>
    /// <param name="model">The model, whose context bounds the answer.</param>
    /// <param name="faults">Takes every fault.</param>
    public static SamplingOptions Read(Sampling sampling, ServedModel model, RequestFaults faults)
    {
        var options = new SamplingOptions
        {
            Temperature = sampling.Temperature,
            TopP = sampling.TopP == 0 ? 1 : sampling.TopP,
            TopK = sampling.TopK,
            Seed = sampling.Seed,
            MaxTokens = sampling.MaxTokens == 0 ? model.DefaultMaxTokens : sampling.MaxTokens,
            Stops = [.. sampling.Stop],
            LogProbs = sampling.HasLogprobs ? sampling.Logprobs : null,
        };
        var limit = model.Profile.ContextLength > 0 ? model.Profile.ContextLength : int.MaxValue;
        foreach (var fault in SamplingOptionsValidator.Validate(options, limit))
        {
            faults.Invalid("sampling", fault);
        }

        return options;
    }
}
