using Fovea.Executor.Runtime;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Decode;
using Fovea.Planning.Validation;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Intake;

/// <summary>Reads a request whole and reports everything that is wrong with it at once.</summary>
/// <remarks>It does no work that grows with an image's pixels.</remarks>
internal sealed class RequestValidator
{
    private readonly IntakeOptions _options;
    private readonly ConversationReader _conversations;

    /// <summary>Checks against the limits of the options.</summary>
    public RequestValidator(IOptions<IntakeOptions> options)
    {
        _options = options.Value;
        _conversations = new ConversationReader(_options);
    }

    /// <summary>Gives the request in the form in which it is served.</summary>
    /// <exception cref="RequestRefusedException">Something is wrong; it carries every fault.</exception>
    public AcceptedRequest Check(RequestCall call, ServedModel model)
    {
        var faults = new RequestFaults();
        var request = call.Request;
        var conversation = _conversations.Read(request.Messages, faults);
        // A conversation with faults may not fit the model's template at all.
        var readable = faults.Count == 0;
        var sizes = conversation.Images.Select(image => SizeOf(image, model, faults)).ToArray();
        var prompt = readable && sizes.All(size => size is not null)
            ? Encode(conversation, [.. sizes.Select(size => size!.Value)], model, faults)
            : new ModelPrompt([]);
        CheckNames(call, faults);
        CheckModel(request, model, faults);
        CheckPlan(request.Plan, faults);
        var sampling = SamplingReader.Read(request.Sampling ?? new Sampling(), model, faults);
        faults.ThrowIfAny();
        return new AcceptedRequest
        {
            RequestId = request.RequestId.Length > 0 ? request.RequestId : Guid.NewGuid().ToString("N"),
            Tenant = call.Tenant,
            RequestClass = request.RequestClass,
            Images = conversation.Images,
            Prompt = prompt,
            Sampling = Fit(sampling, prompt, model),
            IgnoreEos = request.Sampling?.IgnoreEos ?? false,
            Plan = request.Plan,
            ReportKept = request.ReportKept,
            RefuseStale = request.RefuseStale,
        };
    }

    private static void CheckNames(RequestCall call, RequestFaults faults)
    {
        CheckName("request_id", call.Request.RequestId, faults);
        CheckName("request_class", call.Request.RequestClass, faults);
        CheckName("metadata fovea-tenant", call.Tenant, faults);
    }

    private static void CheckName(string field, string value, RequestFaults faults)
    {
        if (value.Length > 0 && !Names.IsValid(value))
        {
            faults.Invalid(field, $"'{value}' is not 1 to {Names.MaxLength} letters, digits or ._-/: that start with a letter or digit.");
        }
    }

    private static void CheckModel(GenerateRequest request, ServedModel model, RequestFaults faults)
    {
        if (request.Model.Length > 0 && request.Model != model.Profile.Name)
        {
            faults.Add(
                RefusalReason.UnknownModel,
                "model",
                $"Model '{request.Model}' is not loaded; this executor serves '{model.Profile.Name}'.");
        }

        if (request.ModelRevision.Length > 0 && request.ModelRevision != model.Profile.Revision)
        {
            faults.Add(
                RefusalReason.OtherRevision,
                "model_revision",
                $"Revision '{request.ModelRevision}' is not loaded; '{model.Profile.Name}' is loaded at '{model.Profile.Revision}'.");
        }
    }

    private static void CheckPlan(PlanOverride? plan, RequestFaults faults)
    {
        if (PlanOverrideMapping.IsGiven(plan))
        {
            foreach (var fault in PlanOverrideMapping.ToDomain(plan!).Faults)
            {
                faults.Invalid(fault.Field.Length == 0 ? "plan" : $"plan.{fault.Field}", fault.Message);
            }
        }
    }

    /// <summary>Gives the size of an image that the model takes; every fault of another is noted.</summary>
    private ImageSize? SizeOf(ImageFile image, ServedModel model, RequestFaults faults)
    {
        if (ImageChecks.Check(image, _options, faults) is not { } size)
        {
            return null;
        }

        if (model.Front.FaultOf(size) is { } fault)
        {
            faults.Invalid(image.Field, fault);
            return null;
        }

        return size;
    }

    private static ModelPrompt Encode(Conversation conversation, IReadOnlyList<ImageSize> sizes, ServedModel model, RequestFaults faults)
    {
        var prompt = model.Front.Encode(conversation.Messages, sizes);
        var limit = model.Profile.ContextLength;
        if (limit > 0 && prompt.InputIds.Length >= limit)
        {
            faults.Invalid(
                "messages",
                $"The prompt has {prompt.InputIds.Length} tokens ({prompt.VisionTokens} of images, {prompt.TextTokens} of text); "
                + $"the context of '{model.Profile.Name}' holds {limit}, the answer included.");
        }

        return prompt;
    }

    /// <summary>Ends the answer where the context is full.</summary>
    private static SamplingOptions Fit(SamplingOptions sampling, ModelPrompt prompt, ServedModel model)
    {
        var room = model.Profile.ContextLength > 0 ? model.Profile.ContextLength - prompt.InputIds.Length : int.MaxValue;
        return sampling with { MaxTokens = Math.Min(sampling.MaxTokens, room) };
    }
}
