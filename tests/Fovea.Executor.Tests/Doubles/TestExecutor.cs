using Fovea.Executor.Hosting;
using Fovea.Executor.Intake;
using Fovea.Executor.Planning;
using Fovea.Executor.Text;
using Fovea.ServiceDefaults.Health;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fovea.Executor.Tests.Doubles;

/// <summary>The real executor on loopback, over an engine double.</summary>
internal sealed class TestExecutor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestExecutor(WebApplication app, EngineDouble engine, GrpcChannel channel)
    {
        _app = app;
        Engine = engine;
        Channel = channel;
        Client = new Contracts.V1.InferenceService.InferenceServiceClient(channel);
    }

    public EngineDouble Engine { get; }

    public GrpcChannel Channel { get; }

    public Contracts.V1.InferenceService.InferenceServiceClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static ITokenizer Tokenizer { get; } = TokenizerJson.Load(FixtureFiles.DemoModel);

    /// <summary>Starts it; without a scheduler unless the settings name one.</summary>
    public static async Task<TestExecutor> StartAsync(
        Dictionary<string, string?>? settings = null, TimeProvider? time = null, EngineDouble? engine = null, bool loaded = true)
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
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        var app = builder.AddExecutor().Build().MapExecutor();
        await app.StartAsync().InTimeAsync();
        var address = await app.Services.GetRequiredService<AddressAnnouncer>().Known.InTimeAsync();
        var executor = new TestExecutor(app, engine ?? new EngineDouble(), GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null }));
        if (loaded)
        {
            executor.Load();
        }

        return executor;
    }

    /// <summary>Lets the model be there.</summary>
    public void Load()
    {
        Services.GetRequiredService<ModelHost>().Set(new ServedModel(
            Engine, ModelFront.Read(FixtureFiles.DemoModel, Tokenizer), Tokenizer, [2], 8, new ModelPlacement("llava", "fp32", "cpu")));
        Services.GetRequiredService<HealthState>().Set(string.Empty, HealthStatus.Serving);
    }

    /// <summary>Begins to stop; the result ends when everything has.</summary>
    public Task StopAsync() => _app.StopAsync();

    public SnapshotStore Snapshots => Services.GetRequiredService<SnapshotStore>();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.StopAsync().InTimeAsync();
        await _app.DisposeAsync().AsTask().InTimeAsync();
    }
}
