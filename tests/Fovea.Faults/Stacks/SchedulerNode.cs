using Fovea.Contracts.V1;
using Fovea.Faults.Processes;
using Grpc.Net.Client;

namespace Fovea.Faults.Stacks;

/// <summary>A scheduler of a stack.</summary>
internal sealed class SchedulerNode : Node
{
    private readonly IReadOnlyList<string> _store;
    private readonly IReadOnlyList<string> _arguments;
    private readonly int _port = Ports.Free();
    private readonly GrpcChannel _channel;

    /// <summary>Makes a scheduler; <paramref name="store"/> are the arguments that say where it stores, null for a folder of its own.</summary>
    public SchedulerNode(string name, string folder, IReadOnlyList<string>? store, IReadOnlyList<string> arguments)
        : base(name, folder)
    {
        _store = store ?? ["--store", Path.Combine(Folder, "store")];
        _arguments = arguments;
        _channel = Channels.Open(Ports.Url(_port));
        Policies = new(_channel);
        Feed = new(_channel);
        Fleet = new(_channel);
    }

    /// <summary>Gets its port.</summary>
    public int Port => _port;

    /// <summary>Gets the client of its policies.</summary>
    public PolicyService.PolicyServiceClient Policies { get; }

    /// <summary>Gets the client of its feed.</summary>
    public FeedService.FeedServiceClient Feed { get; }

    /// <summary>Gets the client of its list of executors.</summary>
    public FleetService.FleetServiceClient Fleet { get; }

    /// <inheritdoc/>
    public override Task StartAsync() => StartAsync([]);

    /// <summary>Starts it with further arguments, for this time only.</summary>
    public Task StartAsync(IEnumerable<string> further) => StartServiceAsync("Scheduler", ["--listen", Ports.Url(_port), .. _store, .. _arguments, .. further]);

    /// <summary>Returns the executors and observers as it lists them.</summary>
    public async Task<IReadOnlyList<ExecutorStatus>> ExecutorsAsync() =>
        (await Fleet.ListExecutorsAsync(new ListExecutorsRequest(), deadline: Channels.Deadline(Limits.Call))).Executors;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _channel.Dispose();
        return base.DisposeAsync();
    }
}
