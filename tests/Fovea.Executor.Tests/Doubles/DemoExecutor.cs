using Fovea.Contracts.V1;
using Fovea.Executor.Hosting;
using Fovea.Executor.Intake;
using Fovea.Executor.Planning;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.ServiceDefaults.Health;
using Fovea.Torch;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>The real executor on loopback with the demo checkpoint in fp32, or without a model yet.</summary>
internal sealed class DemoExecutor : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly InferenceEngine? _engine;

    private DemoExecutor(WebApplication app, InferenceEngine? engine, string address)
    {
        _app = app;
        _engine = engine;
        Address = address;
        Channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        Calibration = new CalibrationService.CalibrationServiceClient(Channel);
        Inference = new Contracts.V1.InferenceService.InferenceServiceClient(Channel);
    }

    public string Address { get; }

    public GrpcChannel Channel { get; }

    public CalibrationService.CalibrationServiceClient Calibration { get; }

    public Contracts.V1.InferenceService.InferenceServiceClient Inference { get; }

    public IServiceProvider Services => _app.Services;

    public string Revision => _engine!.Profile.Revision;

    public static async Task<DemoExecutor> StartAsync(Dictionary<string, string?>? settings = null, bool loaded = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Server:Listen"] = "http://127.0.0.1:0",
            ["Planning:Scheduler"] = string.Empty,
            ["Planning:ExecutorId"] = "executor-1",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        var app = builder.AddExecutor().Build().MapExecutor();
        await app.StartAsync().InTimeAsync();
        app.Services.GetRequiredService<SnapshotStore>().Offer(Snapshots.Uniform("e1", 1, 1));
        var address = await app.Services.GetRequiredService<AddressAnnouncer>().Known.InTimeAsync();
        return new DemoExecutor(app, loaded ? await LoadAsync(app.Services) : null, address);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync().InTimeAsync();
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        await _app.DisposeAsync().AsTask().InTimeAsync();
    }

    private static async Task<InferenceEngine> LoadAsync(IServiceProvider services)
    {
        var folder = FixtureFiles.DemoModel;
        var engine = await InferenceEngine.StartAsync(
            () => ModelLoader.Load(new ModelSource(folder, "demo", ScalarType.Float32, torch.CPU)), new EngineOptions(), TimeProvider.System);
        var tokenizer = TokenizerJson.Load(folder);
        services.GetRequiredService<ModelHost>().Set(new ServedModel(
            engine, ModelFront.Read(folder, tokenizer), tokenizer, [2], 8, new ModelPlacement("llava", "fp32", "cpu")));
        services.GetRequiredService<HealthState>().Set(string.Empty, HealthStatus.Serving);
        return engine;
    }
}
