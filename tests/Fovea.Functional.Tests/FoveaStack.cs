using Fovea.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fovea.Functional.Tests;

/// <summary>A scheduler and an executor with the demo checkpoint, as separate processes on free ports.</summary>
internal sealed class FoveaStack : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-stack-").FullName;
    private readonly List<GrpcChannel> _channels = [];
    private string _schedulerAddress = string.Empty;
    private int _starts;

    public FoveaProcess Scheduler { get; private set; } = null!;

    public FoveaProcess Executor { get; private set; } = null!;

    public InferenceService.InferenceServiceClient Client { get; private set; } = null!;

    public PolicyService.PolicyServiceClient Policies { get; private set; } = null!;

    public FleetService.FleetServiceClient Fleet { get; private set; } = null!;

    public SearchService.SearchServiceClient Searches { get; private set; } = null!;

    public CalibrationService.CalibrationServiceClient Calibration { get; private set; } = null!;

    public ExecutorStatusService.ExecutorStatusServiceClient Status { get; private set; } = null!;

    public static async Task<FoveaStack> StartAsync()
    {
        var stack = new FoveaStack();
        await stack.StartSchedulerAsync();
        await stack.StartExecutorAsync();
        await stack.StateAsync("ready");
        return stack;
    }

    /// <summary>Starts the scheduler; again on the same port and store when it has run before.</summary>
    public async Task StartSchedulerAsync()
    {
        var file = Path.Combine(_folder, $"scheduler-{++_starts}");
        Scheduler = FoveaProcess.Start(
            "Scheduler",
            "--listen", _schedulerAddress.Length > 0 ? _schedulerAddress : "http://127.0.0.1:0",
            "--store", Path.Combine(_folder, "store"),
            "--address-file", file);
        _schedulerAddress = await Scheduler.AddressAsync(file);
        Policies = new PolicyService.PolicyServiceClient(Open(_schedulerAddress));
        Fleet = new FleetService.FleetServiceClient(Open(_schedulerAddress));
        Searches = new SearchService.SearchServiceClient(Open(_schedulerAddress));
    }

    public async Task StartExecutorAsync()
    {
        var file = Path.Combine(_folder, $"executor-{++_starts}");
        Executor = FoveaProcess.Start(
            "Executor",
            "--model", Repository.DemoModel,
            "--dtype", "fp32",
            "--listen", "http://127.0.0.1:0",
            "--scheduler", _schedulerAddress,
            "--state", Path.Combine(_folder, "state"),
            "--executor-id", "executor-1",
            "--address-file", file);
        var address = await Executor.AddressAsync(file);
        Client = new InferenceService.InferenceServiceClient(Open(address));
        Calibration = new CalibrationService.CalibrationServiceClient(Open(address));
        Status = new ExecutorStatusService.ExecutorStatusServiceClient(Open(address));
    }

    /// <summary>Waits until the executor sees its scheduler so.</summary>
    public Task StateAsync(string state) => Waiting.UntilAsync(
        async () =>
        {
            try
            {
                return (await Client.DescribeModelAsync(new DescribeModelRequest(), deadline: DateTime.UtcNow + FoveaProcess.Limit)).PlanState == state;
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Unavailable)
            {
                return false;
            }
        },
        $"plan state {state}\n{Executor.Output}\n{Scheduler.Output}");

    /// <summary>Makes this schedule serve every request that names no class, and waits until it does.</summary>
    public Task<ApplyPolicyResponse> ApplyAsync(string spec)
    {
        var policy = new Policy { Name = "default", Model = "*" };
        policy.Rules.Add(new ClassRule { RequestClass = "*", Spec = spec });
        return ApplyAsync(new ApplyPolicyRequest { Policy = policy });
    }

    /// <summary>Makes a change of policy, and waits until the executor serves by it.</summary>
    public async Task<ApplyPolicyResponse> ApplyAsync(ApplyPolicyRequest request)
    {
        var response = await Policies.ApplyPolicyAsync(request, deadline: DateTime.UtcNow + FoveaProcess.Limit);
        var revision = Math.Max(response.Policy.Revision, response.Policy.Canary?.Revision ?? 0);
        await Waiting.UntilAsync(
            async () => (await Status.GetAppliedStateAsync(new GetAppliedStateRequest(), deadline: DateTime.UtcNow + FoveaProcess.Limit)).Revision >= revision,
            $"revision {revision} in use");
        return response;
    }

    public AsyncServerStreamingCall<GenerateEvent> Begin(GenerateRequest request) =>
        Client.Generate(request, deadline: DateTime.UtcNow + FoveaProcess.Limit);

    public async Task<List<GenerateEvent>> AnswerAsync(GenerateRequest request)
    {
        using var call = Begin(request);
        return await ReadAsync(call);
    }

    public static async Task<List<GenerateEvent>> ReadAsync(AsyncServerStreamingCall<GenerateEvent> call)
    {
        var events = new List<GenerateEvent>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            events.Add(call.ResponseStream.Current);
        }

        return events;
    }

    /// <summary>Asks about an image of the evaluation set.</summary>
    public static GenerateRequest Ask(string image, string question)
    {
        var message = new ChatMessage { Role = "user" };
        var file = Path.Combine(Repository.Root, "models", "demo", "eval", image);
        message.Parts.Add(new ContentPart { Image = new Image { Data = ByteString.CopyFrom(File.ReadAllBytes(file)) } });
        message.Parts.Add(new ContentPart { Text = question });
        var request = new GenerateRequest { Sampling = new Sampling { MaxTokens = 8 } };
        request.Messages.Add(message);
        return request;
    }

    public static GenerateRequest AskAny() => Ask("images/0000.jpg", "What color is the tile left of the crown?");

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await Executor.DisposeAsync();
        await Scheduler.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private GrpcChannel Open(string address)
    {
        var channel = GrpcChannel.ForAddress(address);
        _channels.Add(channel);
        return channel;
    }
}
