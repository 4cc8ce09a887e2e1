using System.Globalization;
using System.Text.RegularExpressions;
using Fovea.Contracts.V1;
using Fovea.Faults.Processes;
using Grpc.Net.Client;

namespace Fovea.Faults.Stacks;

/// <summary>An executor of a stack, with a small model.</summary>
internal sealed partial class ExecutorNode : Node
{
    private readonly IReadOnlyList<string> _arguments;
    private readonly string _schedulers;
    private readonly int _port = Ports.Free();
    private readonly int _metricsPort = Ports.Free();
    private readonly GrpcChannel _channel;
    private readonly HttpClient _http = new();

    /// <summary>Makes an executor that knows these schedulers, separated by commas.</summary>
    public ExecutorNode(string name, string folder, string schedulers, IReadOnlyList<string> arguments)
        : base(name, folder)
    {
        _schedulers = schedulers;
        _arguments = arguments;
        _channel = Channels.Open(Ports.Url(_port));
        Client = new(_channel);
        Status = new(_channel);
    }

    /// <summary>Gets the client of its answers.</summary>
    public InferenceService.InferenceServiceClient Client { get; }

    /// <summary>Gets the client of what it has applied.</summary>
    public ExecutorStatusService.ExecutorStatusServiceClient Status { get; }

    /// <inheritdoc/>
    public override Task StartAsync() => StartServiceAsync(
        "Executor",
        [
            "--model", Repository.TinyModel, "--model-name", "tiny", "--dtype", "fp32", "--threads", "1", "--listen", Ports.Url(_port),
            "--metrics-listen", Ports.Url(_metricsPort), "--scheduler", _schedulers, "--state", Path.Combine(Folder, "state"), "--executor-id", Name,
            .. _arguments,
        ]);

    /// <summary>Returns how many requests had each outcome since it started.</summary>
    public async Task<IReadOnlyDictionary<string, long>> OutcomesAsync()
    {
        var text = await _http.GetStringAsync(new Uri($"{Ports.Url(_metricsPort)}/metrics"));
        return Outcome().Matches(text).ToDictionary(
            match => match.Groups["outcome"].Value, match => (long)double.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _http.Dispose();
        return base.DisposeAsync();
    }

    [GeneratedRegex("""^executor_requests_total\{.*?outcome="(?<outcome>[a-z_]+)".*?\} (?<count>\S+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Outcome();
}
