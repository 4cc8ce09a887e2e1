using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Fovea.Scheduler.Hosting;

namespace Fovea.Benchmarks.Control;

/// <summary>Is a real scheduler in a process of its own, with a store of its own.</summary>
internal sealed class SchedulerUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _metrics;

    private SchedulerUnderTest(Process process, string folder, Uri metrics)
    {
        _process = process;
        _folder = folder;
        _metrics = new HttpClient { BaseAddress = metrics };
    }

    /// <summary>Gets where it listens.</summary>
    public string Address { get; private set; } = string.Empty;

    /// <summary>Starts one on a free port.</summary>
    public static async Task<SchedulerUnderTest> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("fovea-bench-").FullName;
        var file = Path.Combine(folder, "address");
        var metrics = new Uri(FormattableString.Invariant($"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] arguments =
        [
            typeof(SchedulerHost).Assembly.Location, "--listen", "http://127.0.0.1:0", "--store", Path.Combine(folder, "store"), "--address-file", file,
            "--metrics-listen", metrics.OriginalString,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var scheduler = new SchedulerUnderTest(Process.Start(start)!, folder, metrics);
        scheduler._process.OutputDataReceived += (_, _) => { };
        scheduler._process.BeginOutputReadLine();
        using var limit = new CancellationTokenSource(StartLimit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!File.Exists(file))
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }

        scheduler.Address = (await File.ReadAllTextAsync(file, limit.Token)).Trim();
        return scheduler;
    }

    /// <summary>Returns the buckets of a histogram so far: upper bounds in seconds, and how many measurements were at or below each.</summary>
    public async Task<IReadOnlyList<(double Bound, long Count)>> HistogramAsync(string name)
    {
        var text = await _metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        return [.. Regex.Matches(text, $$"""^{{name}}_bucket\{.*?le="(?<bound>[^"]+)".*?\} (?<count>\d+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, MatchLimit).Select(bucket => (
            bucket.Groups["bound"].Value == "+Inf" ? double.PositiveInfinity : double.Parse(bucket.Groups["bound"].ValueSpan, CultureInfo.InvariantCulture),
            long.Parse(bucket.Groups["count"].ValueSpan, CultureInfo.InvariantCulture)))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
