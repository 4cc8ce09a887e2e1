using System.Globalization;
using Fovea.Contracts.OpenInference;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Executor.OpenInference;

/// <summary>Writes answers as the protocol has them; the plan that served goes into the parameters.</summary>
internal static class InferResponses
{
    private const double Thousand = 1000;

    /// <summary>Gives the response to a request.</summary>
    public static ModelInferResponse Of(ModelInferRequest request, string revision, CollectedEvents events)
    {
        var (plan, done) = (events.Admitted!.Plan, events.Done!);
        var response = new ModelInferResponse
        {
            ModelName = plan.Model,
            ModelVersion = revision,
            Id = request.Id,
            Parameters =
            {
                ["finish_reason"] = Text(done.FinishReason.ToString().ToLowerInvariant()),
                ["prompt_tokens"] = Number(done.Usage.PromptTokens),
                ["vision_tokens"] = Number(done.Usage.VisionTokens),
                ["completion_tokens"] = Number(done.Usage.CompletionTokens),
                ["keep_plan_digest"] = Text(done.PlanDigest),
                ["policy"] = Text(plan.Provenance.Policy),
                ["policy_version"] = Text(string.Create(CultureInfo.InvariantCulture, $"{done.Epoch}:{done.Revision}")),
                ["keep_ratio_milli"] = Number(KeepRatioMilli(done)),
                ["overload_tier"] = Number(done.OverloadTier),
                ["stale"] = new InferParameter { BoolParam = done.Stale },
            },
        };
        if (Wants(request, InferRequestReader.Text))
        {
            response.Outputs.Add(new ModelInferResponse.Types.InferOutputTensor
            {
                Name = InferRequestReader.Text,
                Datatype = BytesTensor.DataType,
                Shape = { 1 },
                Contents = new InferTensorContents { BytesContents = { ByteString.CopyFromUtf8(done.Text) } },
            });
        }

        if (Wants(request, InferRequestReader.TokenIds))
        {
            response.Outputs.Add(new ModelInferResponse.Types.InferOutputTensor
            {
                Name = InferRequestReader.TokenIds,
                Datatype = "INT64",
                Shape = { events.TokenIds.Count },
                Contents = new InferTensorContents { Int64Contents = { events.TokenIds.Select(id => (long)id) } },
            });
        }

        return response;
    }

    private static bool Wants(ModelInferRequest request, string output) =>
        request.Outputs.Count == 0 || request.Outputs.Any(wanted => string.Equals(wanted.Name, output, StringComparison.Ordinal));

    /// <summary>Thousandths of the vision tokens that were kept, mean over the layers; 1000 without vision tokens.</summary>
    private static long KeepRatioMilli(Done done) => done.Usage.VisionTokens == 0 || done.AppliedCounts.Count == 0
        ? (long)Thousand
        : (long)Math.Round(Thousand * done.AppliedCounts.Average() / done.Usage.VisionTokens);

    private static InferParameter Text(string value) => new() { StringParam = value };

    private static InferParameter Number(long value) => new() { Int64Param = value };
}
