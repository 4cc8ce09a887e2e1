using Fovea.Contracts.OpenInference;
using Fovea.Executor.Tests.Doubles;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.Executor.Tests.OpenInference;

public sealed class OpenInferenceServiceTests : IAsyncLifetime
{
    private const string Question = "What color is the tile left of the crown?";

    private TestExecutor _executor = null!;

    private GRPCInferenceService.GRPCInferenceServiceClient Client => new(_executor.Channel);

    public async Task InitializeAsync() => _executor = await TestExecutor.StartAsync();

    public async Task DisposeAsync() => await _executor.DisposeAsync();

    [Fact]
    public async Task ModelInfer_QuestionAndImage_AnswersAsGenerateDoes()
    {
        var ids = Ids("red fish");
        _executor.Engine.Tokens = ids;
        var request = Ask();
        request.Parameters["keep_plan"] = new InferParameter { StringParam = "vtw:K=6" };
        request.Parameters["max_tokens"] = new InferParameter { Int64Param = 8 };

        var response = await Client.ModelInferAsync(request).ResponseAsync.InTimeAsync();

        var events = await _executor.AnswerAsync(Requests.Ask(other => other.Plan = new Contracts.V1.PlanOverride { Spec = "vtw:K=6" }));
        var done = events[^1].Done;
        Assert.Equal("red fish", Output(response, "text").Contents.BytesContents[0].ToStringUtf8());
        Assert.Equal(ids.Select(id => (long)id), Output(response, "token_ids").Contents.Int64Contents);
        Assert.Equal(("demo", "r1"), (response.ModelName, response.Id));
        Assert.Equal(done.PlanDigest, response.Parameters["keep_plan_digest"].StringParam);
        Assert.Equal($"{done.Epoch}:{done.Revision}", response.Parameters["policy_version"].StringParam);
        Assert.Equal((274, 256), ((int)response.Parameters["prompt_tokens"].Int64Param, (int)response.Parameters["vision_tokens"].Int64Param));
        Assert.Equal(done.OverloadTier, response.Parameters["overload_tier"].Int64Param);
        Assert.Equal((long)Math.Round(1000 * done.AppliedCounts.Average() / 256), response.Parameters["keep_ratio_milli"].Int64Param);
        Assert.Equal("eos", response.Parameters["finish_reason"].StringParam);
    }

    [Fact]
    public async Task ModelInfer_RawContents_AreReadAsTypedOnes()
    {
        var ids = Ids("blue");
        _executor.Engine.Tokens = ids;
        var request = Ask();
        request.RawInputContents.AddRange(request.Inputs.Select(input => Raw(input.Contents.BytesContents)));
        request.Inputs.ToList().ForEach(input => input.Contents = null);
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "text" });

        var response = await Client.ModelInferAsync(request).ResponseAsync.InTimeAsync();

        Assert.Equal("blue", Assert.Single(response.Outputs).Contents.BytesContents[0].ToStringUtf8());
        Assert.Equal(256, response.Parameters["vision_tokens"].Int64Param);
    }

    [Fact]
    public async Task ModelInfer_ManyFaults_AllAreNamed()
    {
        var request = Ask();
        request.Inputs[0].Datatype = "FP32";
        request.Inputs[1].Shape[0] = 3;
        request.Inputs.Add(new ModelInferRequest.Types.InferInputTensor { Name = "mask", Datatype = "BOOL", Shape = { 1 } });
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "logits" });
        request.Parameters["max_tokens"] = new InferParameter { StringParam = "many" };
        request.Parameters["keep_plan"] = new InferParameter { Int64Param = 1 };
        request.Parameters["beams"] = new InferParameter { Int64Param = 4 };

        var error = await Assert.ThrowsAsync<RpcException>(() => Client.ModelInferAsync(request).ResponseAsync.InTimeAsync());

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        string[] wanted =
        [
            "inputs[0] 'prompt': Its datatype is 'FP32'", "inputs[1] 'image': It has 1 elements, its shape says 3", "inputs[2]: 'mask' is no input",
            "outputs[0]: 'logits' is no output", "parameters['max_tokens']", "parameters['keep_plan']", "parameters['beams']: It is unknown",
        ];
        Assert.All(wanted, fault => Assert.Contains(fault, error.Status.Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new byte[] { 9, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 255, 255, 255, 255 })]
    [InlineData(new byte[] { 1, 0 })]
    public async Task ModelInfer_RawContentsCutShort_IsRefused(byte[] raw)
    {
        var request = Ask();
        request.Inputs.ToList().ForEach(input => input.Contents = null);
        request.RawInputContents.Add(ByteString.CopyFrom(raw));

        var error = await Assert.ThrowsAsync<RpcException>(() => Client.ModelInferAsync(request).ResponseAsync.InTimeAsync());

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("Element 0 of raw_input_contents[0] ends beyond", error.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("1 entries for 2 inputs", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelInfer_OtherModel_IsNotFound()
    {
        var request = Ask();
        request.ModelName = "other";

        var error = await Assert.ThrowsAsync<RpcException>(() => Client.ModelInferAsync(request).ResponseAsync.InTimeAsync());

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task Metadata_Loaded_NamesServerModelAndTensors()
    {
        var server = await Client.ServerMetadataAsync(new ServerMetadataRequest()).ResponseAsync.InTimeAsync();
        var model = await Client.ModelMetadataAsync(new ModelMetadataRequest { Name = "demo" }).ResponseAsync.InTimeAsync();
        var other = await Assert.ThrowsAsync<RpcException>(
            () => Client.ModelMetadataAsync(new ModelMetadataRequest { Name = "demo", Version = "other" }).ResponseAsync.InTimeAsync());

        Assert.Equal(("fovea", "keep_plan/v1"), (server.Name, Assert.Single(server.Extensions)));
        Assert.NotEmpty(server.Version);
        Assert.Equal("fovea_llava", model.Platform);
        Assert.Equal(["prompt BYTES 1", "image BYTES -1"], model.Inputs.Select(input => $"{input.Name} {input.Datatype} {input.Shape[0]}"));
        Assert.Equal(["text BYTES 1", "token_ids INT64 -1"], model.Outputs.Select(output => $"{output.Name} {output.Datatype} {output.Shape[0]}"));
        Assert.Equal(StatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Ready_WhileLoading_IsLiveButNotReady()
    {
        await using var loading = await TestExecutor.StartAsync(loaded: false);
        var client = new GRPCInferenceService.GRPCInferenceServiceClient(loading.Channel);

        var live = await client.ServerLiveAsync(new ServerLiveRequest()).ResponseAsync.InTimeAsync();
        var before = await ReadyAsync(client);
        loading.Load();
        var after = await ReadyAsync(client);

        Assert.True(live.Live);
        Assert.Equal((false, false), before);
        Assert.Equal((true, true), after);
    }

    private static async Task<(bool Server, bool Model)> ReadyAsync(GRPCInferenceService.GRPCInferenceServiceClient client)
    {
        var server = await client.ServerReadyAsync(new ServerReadyRequest()).ResponseAsync.InTimeAsync();
        var model = await client.ModelReadyAsync(new ModelReadyRequest { Name = "demo" }).ResponseAsync.InTimeAsync();
        return (server.Ready, model.Ready);
    }

    private static ModelInferRequest Ask() => new()
    {
        Id = "r1",
        ModelName = "demo",
        Inputs = { Input("prompt", ByteString.CopyFromUtf8(Question)), Input("image", Requests.Photo) },
    };

    private static ModelInferRequest.Types.InferInputTensor Input(string name, ByteString element) =>
        new() { Name = name, Datatype = "BYTES", Shape = { 1 }, Contents = new InferTensorContents { BytesContents = { element } } };

    private static ByteString Raw(IEnumerable<ByteString> elements) =>
        ByteString.CopyFrom([.. elements.SelectMany(element => BitConverter.GetBytes(element.Length).Concat(element))]);

    private static ModelInferResponse.Types.InferOutputTensor Output(ModelInferResponse response, string name) =>
        Assert.Single(response.Outputs, output => output.Name == name);

    private static int[] Ids(string text) => TestExecutor.Tokenizer.Encode(text, addSpecialTokens: false);
}
