using Fovea.Contracts.V1;
using Fovea.Executor.Hosting;
using Fovea.Executor.Intake;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>The whole executor on loopback with any checkpoint folder, loaded as the process would load it.</summary>
internal sealed class FamilyExecutor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FamilyExecutor(WebApplication app, GrpcChannel channel, ServedModel model)
    {
        _app = app;
        Channel = channel;
        Model = model;
        Inference = new Contracts.V1.InferenceService.InferenceServiceClient(channel);
        Calibration = new CalibrationService.CalibrationServiceClient(channel);
    }

    public GrpcChannel Channel { get; }

    public ServedModel Model { get; }

    public Contracts.V1.InferenceService.InferenceServiceClient Inference { get; }

    public CalibrationService.CalibrationServiceClient Calibration { get; }

    /// <summary>Loads a fixture's checkpoint.</summary>
    public static Task<FamilyExecutor> OfAsync(string family) => StartAsync(Fixtures.Path(family));

    public static async Task<FamilyExecutor> StartAsync(string folder, string dtype = "fp32")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Server:Listen"] = "http://127.0.0.1:0",
            ["Planning:Scheduler"] = string.Empty,
            ["Planning:ExecutorId"] = "executor-1",
            ["Model:Directory"] = folder,
            ["Model:Name"] = "family",
            ["Model:DType"] = dtype,
        });
        var app = builder.AddExecutor().AddModel().Build().MapExecutor();
        await app.StartAsync().InTimeAsync();
        var address = await app.Services.GetRequiredService<AddressAnnouncer>().Known.InTimeAsync();
        var model = await app.Services.GetRequiredService<ModelHost>().Loaded.InTimeAsync();
        return new FamilyExecutor(app, GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null }), model);
    }

    /// <summary>One message of a user: images by their names among the fixtures, text as it is.</summary>
    public static GenerateRequest Ask(int maxTokens, params string[] parts)
    {
        var message = new ChatMessage { Role = "user" };
        message.Parts.AddRange(parts.Select(Part));
        var request = new GenerateRequest { Sampling = new Sampling { MaxTokens = maxTokens, IgnoreEos = true }, ReportKept = true };
        request.Messages.Add(message);
        return request;
    }

    public async Task<(IReadOnlyList<int> Tokens, Done Done)> AnswerAsync(GenerateRequest request)
    {
        using var call = Inference.Generate(request);
        var events = await call.ReadAsync();
        return ([.. events.Where(item => item.Delta is not null).SelectMany(item => item.Delta.TokenIds)], events[^1].Done);
    }

    public async Task<RpcException> RefusedAsync(GenerateRequest request)
    {
        using var call = Inference.Generate(request);
        return await Assert.ThrowsAsync<RpcException>(call.ReadAsync);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync().InTimeAsync();
        await _app.DisposeAsync().AsTask().InTimeAsync();
    }

    private static ContentPart Part(string part) => part.EndsWith(".png", StringComparison.Ordinal) || part.EndsWith(".jpg", StringComparison.Ordinal)
        ? new ContentPart { Image = new Image { Data = ByteString.CopyFrom(File.ReadAllBytes(Fixtures.Path("images", part))) } }
        : new ContentPart { Text = part };
}
