using System.Reflection;
using Fovea.Contracts.OpenInference;
using Fovea.Executor.Intake;
using Fovea.ServiceDefaults.Health;
using Grpc.Core;

namespace Fovea.Executor.OpenInference;

/// <summary>Serves the Open Inference Protocol, version 2: the same model, queue, plans and limits as <see cref="InferenceService"/>.</summary>
internal sealed class OpenInferenceService : GRPCInferenceService.GRPCInferenceServiceBase
{
    private const string ServerName = "fovea";
    private const string Extension = "keep_plan/v1";
    private const long AnySize = -1;

    private readonly ModelHost _host;
    private readonly InferenceService _inference;
    private readonly RequestLedger _ledger;
    private readonly HealthState _health;

    /// <summary>Serves by the service that streams.</summary>
    public OpenInferenceService(ModelHost host, InferenceService inference, RequestLedger ledger, HealthState health)
    {
        _host = host;
        _inference = inference;
        _ledger = ledger;
        _health = health;
    }

    /// <inheritdoc/>
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    /// <inheritdoc/>
    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = IsReady });

    /// <inheritdoc/>
    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelReadyResponse { Ready = IsReady && Loaded(request.Name, request.Version) is not null });

    /// <inheritdoc/>
    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context)
    {
        var version = typeof(OpenInferenceService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return Task.FromResult(new ServerMetadataResponse { Name = ServerName, Version = version, Extensions = { Extension } });
    }

    /// <inheritdoc/>
    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
    {
        var model = Loaded(request.Name, request.Version)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"model '{request.Name}' version '{request.Version}' is not loaded"));
        return Task.FromResult(new ModelMetadataResponse
        {
            Name = model.Profile.Name,
            Versions = { model.Profile.Revision },
            Platform = $"{ServerName}_{model.Placement.Family}",
            Inputs = { Tensor(InferRequestReader.Prompt, BytesTensor.DataType, 1), Tensor(InferRequestReader.Images, BytesTensor.DataType, AnySize) },
            Outputs = { Tensor(InferRequestReader.Text, BytesTensor.DataType, 1), Tensor(InferRequestReader.TokenIds, "INT64", AnySize) },
        });
    }

    /// <inheritdoc/>
    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        var events = new CollectedEvents();
        await _inference.Generate(Read(request, context), events, context).ConfigureAwait(false);
        return InferResponses.Of(request, _host.Require().Profile.Revision, events);
    }

    private bool IsReady => !_health.IsDrained && _host.Current is not null;

    private static ModelMetadataResponse.Types.TensorMetadata Tensor(string name, string type, long size) =>
        new() { Name = name, Datatype = type, Shape = { size } };

    private ServedModel? Loaded(string name, string version) => _host.Current is { } model
        && model.Profile.Name == name && (version.Length == 0 || version == model.Profile.Revision) ? model : null;

    /// <summary>Reads the request; one that cannot be read is in the books as every other.</summary>
    private Contracts.V1.GenerateRequest Read(ModelInferRequest request, ServerCallContext context)
    {
        try
        {
            return InferRequestReader.Read(request);
        }
        catch (RequestRefusedException e)
        {
            using var entry = _ledger.Open(request.Id, context.Deadline, context.CancellationToken);
            throw entry.Refuse(e).ToException();
        }
    }
}
