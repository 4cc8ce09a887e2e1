using System.Diagnostics;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.Executor.Tests.Intake;

/// <summary>Every bad input, by the status and the message that its caller sees.</summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    private TestExecutor _executor = null!;

    public async Task InitializeAsync() => _executor = await TestExecutor.StartAsync(new()
    {
        ["Intake:MaxImageBytes"] = "200000",
        ["Intake:MaxImages"] = "2",
        ["Intake:MaxTextCharacters"] = "50000",
        ["Intake:MaxMessages"] = "3",
    });

    public async Task DisposeAsync() => await _executor.DisposeAsync();

    public static TheoryData<string, string> Cases() => new()
    {
        { "no messages", "messages: No image is given" },
        { "no image", "messages: No image is given" },
        { "no text", "messages: No text is given" },
        { "blank text", "messages: No text is given" },
        { "empty image", "messages[0].parts[0].image: The image has no bytes." },
        { "text as image", "messages[0].parts[0].image:" },
        { "gif", "messages[0].parts[0].image:" },
        { "large file", "200001 bytes are more than 200000 (option Intake:MaxImageBytes)" },
        { "many pixels", "100000000 pixels are more than 40000000 (option Intake:MaxImagePixels)" },
        { "cut jpeg", "messages[0].parts[0].image:" },
        { "many images", "3 images are more than 2 (option Intake:MaxImages)" },
        { "role", "messages[0].role: 'robot' is none of system, user, assistant." },
        { "image from assistant", "only 'user' messages hold images" },
        { "assistant last", "The last message is not of role 'user'" },
        { "empty message", "messages[1].parts: The message is empty." },
        { "empty part", "messages[0].parts[2]: The part holds neither text nor image." },
        { "many messages", "4 messages are more than 3 (option Intake:MaxMessages)" },
        { "long text", "characters of text are more than 50000 (option Intake:MaxTextCharacters)" },
        { "prompt", "tokens of images" },
        { "request id", "request_id: 'a b' is not" },
        { "class", "request_class: '?' is not" },
        { "temperature", "temperature is -1" },
        { "temperature NaN", "temperature is NaN" },
        { "top_p", "top_p is 1.5" },
        { "top_k", "top_k is -1" },
        { "max_tokens", "max_tokens is -1" },
        { "max_tokens over", "max_tokens is 2049, outside [1, 2048]" },
        { "logprobs", "logprobs is 21" },
        { "empty stop", "stop[0] has 0 characters" },
        { "many stops", "stop has 17 strings" },
        { "plan rates", "plan.rates" },
        { "plan spec", "plan.spec" },
        { "plan budget", "plan.budget" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Generate_BadInput_IsInvalidArgumentAndNamesTheFault(string name, string message)
    {
        var error = await _executor.RefusedAsync(Spoil(name));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        if (name == "prompt")
        {
            Assert.Matches(@"The prompt has \d+ tokens \(256 of images, \d+ of text\); the context of 'demo' holds 2048", error.Status.Detail);
        }
        else
        {
            Assert.Contains(message, error.Status.Detail, StringComparison.Ordinal);
        }

        Assert.Equal((0, 0), (_executor.Engine.LiveFeatures, _executor.Engine.Running));
    }

    [Fact]
    public async Task Generate_SeveralFaults_NamesAllAtOnceInDetails()
    {
        var request = Requests.Ask(request =>
        {
            request.RequestId = "a b";
            request.Messages[0].Role = "robot";
            request.Messages[0].Parts[0].Image.Data = ByteString.Empty;
            request.Sampling.TopP = 2;
            request.Sampling.Temperature = -1;
        });

        var error = await _executor.RefusedAsync(request);

        var fields = RpcFaults.Read(error).Select(fault => fault.Field).ToList();
        Assert.Equal(["messages[0].role", "messages[0].parts[0].image", "request_id", "sampling", "sampling"], fields);
    }

    [Fact]
    public async Task Generate_UnknownModel_IsNotFound()
    {
        var error = await _executor.RefusedAsync(Requests.Ask(request => request.Model = "other"));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
        Assert.Contains("this executor serves 'demo'", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_OtherModelRevision_IsFailedPrecondition()
    {
        var error = await _executor.RefusedAsync(Requests.Ask(request => request.ModelRevision = "revision-2"));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("'revision-1'", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_UnknownModelAndBadInput_IsInvalidArgument()
    {
        var error = await _executor.RefusedAsync(Requests.Ask(request =>
        {
            request.Model = "other";
            request.Sampling.TopK = -1;
        }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("'other'", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_BadTenant_IsInvalidArgument()
    {
        var error = await _executor.RefusedAsync(Requests.Ask(), new CallOptions(new Metadata { { "fovea-tenant", "a b" } }));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("fovea-tenant", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_HundredMegapixels_IsRefusedWithoutDecoding()
    {
        var request = Requests.Ask(request => request.Messages[0].Parts[0].Image.Data = Pictures.PngClaiming(10_000, 10_000));
        var before = Process.GetCurrentProcess().PeakWorkingSet64;

        await _executor.RefusedAsync(request);

        // Decoding would take at least 100 MB for one byte a pixel.
        Assert.InRange(Process.GetCurrentProcess().PeakWorkingSet64 - before, 0, 90_000_000);
    }

    private static GenerateRequest Spoil(string name) => Requests.Ask(request =>
    {
        var message = request.Messages[0];
        var image = message.Parts[0].Image;
        switch (name)
        {
            case "no messages": request.Messages.Clear(); break;
            case "no image": message.Parts.RemoveAt(0); break;
            case "no text": message.Parts.RemoveAt(1); break;
            case "blank text": message.Parts[1].Text = " \n"; break;
            case "empty image": image.Data = ByteString.Empty; break;
            case "text as image": image.Data = ByteString.CopyFromUtf8("not an image"); break;
            case "gif": image.Data = ByteString.CopyFromUtf8("GIF89a\u0001\0\u0001\0"); break;
            case "large file": image.Data = ByteString.CopyFrom(new byte[200_001]); break;
            case "many pixels": image.Data = Pictures.PngClaiming(10_000, 10_000); break;
            case "cut jpeg": image.Data = ByteString.CopyFrom(Requests.Photo.Span[..(Requests.Photo.Length / 2)]); break;
            case "many images": message.Parts.Insert(0, message.Parts[0].Clone()); message.Parts.Insert(0, message.Parts[0].Clone()); break;
            case "role": message.Role = "robot"; break;
            case "image from assistant": request.Messages.Insert(0, Message("assistant", message.Parts[0].Clone())); break;
            case "assistant last": request.Messages.Add(Message("assistant", new ContentPart { Text = "well" })); break;
            case "empty message": request.Messages.Add(Message("user")); break;
            case "empty part": message.Parts.Add(new ContentPart()); break;
            case "many messages": request.Messages.Add(Enumerable.Repeat(Message("user", new ContentPart { Text = "x" }), 3)); break;
            case "long text": message.Parts[1].Text = new string('x', 50_001); break;
            case "prompt": message.Parts[1].Text = string.Concat(Enumerable.Repeat("crown ", 3000)); break;
            case "request id": request.RequestId = "a b"; break;
            case "class": request.RequestClass = "?"; break;
            case "temperature": request.Sampling.Temperature = -1; break;
            case "temperature NaN": request.Sampling.Temperature = float.NaN; break;
            case "top_p": request.Sampling.TopP = 1.5f; break;
            case "top_k": request.Sampling.TopK = -1; break;
            case "max_tokens": request.Sampling.MaxTokens = -1; break;
            case "max_tokens over": request.Sampling.MaxTokens = 2049; break;
            case "logprobs": request.Sampling.Logprobs = 21; break;
            case "empty stop": request.Sampling.Stop.Add(string.Empty); break;
            case "many stops": request.Sampling.Stop.Add(Enumerable.Range(0, 17).Select(index => $"s{index}")); break;
            case "plan rates": request.Plan = new PlanOverride { Rates = new KeepRates { Rates = { 0.5, 1.5 } } }; break;
            case "plan spec": request.Plan = new PlanOverride { Spec = "nonsense" }; break;
            case "plan budget": request.Plan = new PlanOverride { Budget = new Budget { MeanKeep = -1 } }; break;
            default: throw new ArgumentException(name);
        }
    });

    private static ChatMessage Message(string role, params ContentPart[] parts)
    {
        var message = new ChatMessage { Role = role };
        message.Parts.Add(parts);
        return message;
    }
}
