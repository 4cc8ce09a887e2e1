using System.Diagnostics;
using System.Diagnostics.Metrics;
using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Hosting;
using Fovea.ServiceDefaults.Metrics;
using Microsoft.Extensions.Options;

namespace Fovea.GrpcTests.ServiceDefaults;

public sealed class MetricsCollectorTests : IDisposable
{
    private const string Promtool = "/usr/bin/promtool";

    private readonly string _meterName = "Test." + Guid.NewGuid().ToString("N");
    private readonly Meter _meter;

    public MetricsCollectorTests()
    {
        _meter = new Meter(_meterName);
    }

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Collect_EveryKind_IsWhatPromtoolTakes()
    {
        using var collector = Collector();
        var counter = _meter.CreateCounter<long>("requests", null, "Requests.");
        counter.Add(2, new KeyValuePair<string, object?>("outcome", "o\"k\\\n"));
        counter.Add(3, new KeyValuePair<string, object?>("outcome", "bad"));
        _meter.CreateUpDownCounter<int>("running", null, "Running.").Add(-1);
        _meter.CreateGauge<double>("ratio", null, "Ratio.").Record(0.25);
        _meter.CreateObservableCounter("seen", () => 7L, null, "Seen.");
        _meter.CreateObservableGauge("temperature.celsius", () => 1.5, null, "Temperature.");
        var histogram = _meter.CreateHistogram<double>("wait_seconds", "s", "Wait.");
        foreach (var value in (double[])[0.001, 0.02, 3, 1000])
        {
            histogram.Record(value);
        }

        collector.Collect();
        var text = collector.Collect();

        Assert.Contains("requests_total{outcome=\"o\\\"k\\\\\\n\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("running -1\n", text, StringComparison.Ordinal);
        Assert.Contains("ratio 0.25\n", text, StringComparison.Ordinal);
        Assert.Contains("seen_total 7\n", text, StringComparison.Ordinal);
        Assert.Contains("temperature_celsius 1.5\n", text, StringComparison.Ordinal);
        Assert.Contains("wait_seconds_bucket{le=\"0.001\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("wait_seconds_bucket{le=\"5\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("wait_seconds_bucket{le=\"+Inf\"} 4\n", text, StringComparison.Ordinal);
        Assert.Contains("wait_seconds_count 4\n", text, StringComparison.Ordinal);
        await CheckAsync(text);
    }

    [Fact]
    public void Collect_PastTheLabelLimit_CountsTheRestAsOther()
    {
        using var collector = Collector(options => options.MaxLabelSets = 10);
        var counter = _meter.CreateCounter<long>("many", null, "Many.");
        for (var i = 0; i < 100; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = collector.Collect().Split('\n').Where(line => line.StartsWith("many_total{", StringComparison.Ordinal)).ToList();

        Assert.Equal(11, lines.Count);
        Assert.Contains("many_total{id=\"other\"} 90", lines);
    }

    [Fact]
    public void Collect_OtherMeters_AreLeftOut()
    {
        using var collector = Collector();
        using var other = new Meter("Elsewhere." + _meterName);
        other.CreateCounter<long>("elsewhere").Add(1);

        Assert.DoesNotContain("elsewhere", collector.Collect(), StringComparison.Ordinal);
    }

    [Fact]
    public void Histogram_WithAdvisedBuckets_UsesThem()
    {
        using var collector = Collector();
        var advice = new InstrumentAdvice<long> { HistogramBucketBoundaries = [10, 20] };
        _meter.CreateHistogram("sizes", "By", "Sizes.", null, advice).Record(15);

        var text = collector.Collect();

        Assert.Contains("sizes_bucket{le=\"10\"} 0\nsizes_bucket{le=\"20\"} 1\nsizes_bucket{le=\"+Inf\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_AfterACall_ServesItsMetricsOnTheMetricsPortOnly()
    {
        await using var server = await DefaultsServer.StartAsync(options => options.MetricsListen = "127.0.0.1:0");
        using var channel = server.Channel();
        await new Grpc.Health.V1.Health.HealthClient(channel).CheckAsync(new Grpc.Health.V1.HealthCheckRequest());
        using var http = new HttpClient();

        using var response = await http.GetAsync(server.Addresses.Metrics + "/metrics");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("rpc_server_call_duration_seconds_count{rpc_method=\"/grpc.health.v1.Health/Check\"", text, StringComparison.Ordinal);
        await CheckAsync(text);
        using var wrong = new HttpRequestMessage(HttpMethod.Get, server.Addresses.Grpc + "/metrics")
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await http.SendAsync(wrong)).StatusCode);
    }

    private static async Task CheckAsync(string text)
    {
        var start = new ProcessStartInfo(Promtool, "check metrics")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        var faults = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, faults + text);
    }

    private MetricsCollector Collector(Action<ServiceDefaultsOptions>? configure = null)
    {
        var options = new ServiceDefaultsOptions();
        options.Meters.Clear();
        options.Meters.Add(_meterName);
        configure?.Invoke(options);
        var collector = new MetricsCollector(Options.Create(options));
        collector.Start();
        return collector;
    }
}
