using Fovea.Contracts.OpenInference;
using Fovea.Contracts.V1;
using Fovea.Executor.Intake;
using Google.Protobuf;

namespace Fovea.Executor.OpenInference;

/// <summary>Reads a request of the protocol as a request of ours: one question, its images before it.</summary>
internal static class InferRequestReader
{
    /// <summary>Name of the input that holds the question, [1].</summary>
    public const string Prompt = "prompt";

    /// <summary>Name of the input that holds image files, [images]; it may be left out.</summary>
    public const string Images = "image";

    /// <summary>Name of the output that holds the answer, [1].</summary>
    public const string Text = "text";

    /// <summary>Name of the output that holds the answer's token ids, [tokens].</summary>
    public const string TokenIds = "token_ids";

    /// <summary>Gives the request.</summary>
    /// <exception cref="RequestRefusedException">Something is wrong; it carries every fault that shows here.</exception>
    public static GenerateRequest Read(ModelInferRequest request)
    {
        var faults = new RequestFaults();
        var inputs = new Dictionary<string, IReadOnlyList<ByteString>?>(StringComparer.Ordinal);
        for (var index = 0; index < request.Inputs.Count; index++)
        {
            var name = request.Inputs[index].Name;
            if (name is not (Prompt or Images))
            {
                faults.Invalid($"inputs[{index}]", $"'{name}' is no input; they are '{Prompt}' and '{Images}'.");
            }
            else if (!inputs.TryAdd(name, BytesTensor.Read(request, index, faults)))
            {
                faults.Invalid($"inputs[{index}]", $"'{name}' is given twice.");
            }
        }

        CheckOutputs(request, faults);
        var read = new GenerateRequest
        {
            RequestId = request.Id,
            Model = request.ModelName,
            ModelRevision = request.ModelVersion,
            Sampling = new Sampling(),
        };
        InferParameters.Read(request.Parameters, read, faults);
        if (QuestionOf(inputs, faults) is { } question)
        {
            read.Messages.Add(Message(question, inputs.GetValueOrDefault(Images) ?? []));
        }

        faults.ThrowIfAny();
        return read;
    }

    private static string? QuestionOf(Dictionary<string, IReadOnlyList<ByteString>?> inputs, RequestFaults faults)
    {
        if (!inputs.TryGetValue(Prompt, out var prompt))
        {
            faults.Invalid("inputs", $"There is no '{Prompt}'.");
            return null;
        }

        if (prompt is { Count: not 1 })
        {
            faults.Invalid($"'{Prompt}'", $"It has {prompt.Count} elements, it must have one: a request is one question.");
            return null;
        }

        return prompt?[0].ToStringUtf8();
    }

    private static ChatMessage Message(string question, IReadOnlyList<ByteString> images)
    {
        var message = new ChatMessage { Role = "user" };
        message.Parts.AddRange(images.Select(image => new ContentPart { Image = new Image { Data = image } }));
        message.Parts.Add(new ContentPart { Text = question });
        return message;
    }

    private static void CheckOutputs(ModelInferRequest request, RequestFaults faults)
    {
        for (var index = 0; index < request.Outputs.Count; index++)
        {
            if (request.Outputs[index].Name is not (Text or TokenIds))
            {
                faults.Invalid($"outputs[{index}]", $"'{request.Outputs[index].Name}' is no output; they are '{Text}' and '{TokenIds}'.");
            }
        }
    }
}
