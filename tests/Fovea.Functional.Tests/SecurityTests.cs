using System.Text.Json.Nodes;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Fovea.Functional.Tests;

/// <summary>Scheduler, executor and command line as processes that show each other certificates.</summary>
public sealed class SecurityTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-secure-stack-").FullName;
    private FoveaProcess? _scheduler;
    private FoveaProcess? _executor;
    private string _schedulerAddress = string.Empty;
    private string _executorAddress = string.Empty;

    public async Task InitializeAsync()
    {
        await MakeCertificatesAsync();
        _scheduler = FoveaProcess.Start(
            "Scheduler",
            [
                "--listen", "https://127.0.0.1:0",
                "--store", Path.Combine(_folder, "store"),
                "--address-file", Path.Combine(_folder, "scheduler-address"),
                "--Audit:File=" + Path.Combine(_folder, "audit.jsonl"),
                .. Security("scheduler", ("executor", "executor"), ("admin", "admin"), ("infer", "infer")),
            ]);
        _schedulerAddress = await _scheduler.AddressAsync(Path.Combine(_folder, "scheduler-address"));
        _executor = FoveaProcess.Start(
            "Executor",
            [
                "--model", Repository.DemoModel,
                "--dtype", "fp32",
                "--listen", "https://127.0.0.1:0",
                "--health-listen", "http://127.0.0.1:0",
                "--scheduler", _schedulerAddress,
                "--executor-id", "executor",
                "--address-file", Path.Combine(_folder, "executor-address"),
                .. Security("executor", ("scheduler", "search"), ("executor", "executor"), ("admin", "admin"), ("infer", "infer")),
            ]);
        _executorAddress = await _executor.AddressAsync(Path.Combine(_folder, "executor-address"));
        await Waiting.UntilAsync(() => Told("Health alone is served on"), $"the health port\n{_executor.Output}");
    }

    public async Task DisposeAsync()
    {
        foreach (var process in new[] { _executor, _scheduler }.OfType<FoveaProcess>())
        {
            await process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Stack_UnderMutualTls_AnswersAndKeepsRolesApart()
    {
        await Waiting.UntilAsync(async () => (await FleetAsync()).Count == 1, $"the executor in the fleet\n{_executor!.Output}\n{_scheduler!.Output}");
        var executor = (await FleetAsync())[0]!;
        Assert.Equal(("executor", _executorAddress), ((string)executor["executor_id"]!, (string)executor["address"]!));
        Assert.StartsWith("https://", _executorAddress, StringComparison.Ordinal);

        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "policy.yaml"), "name: default\nrules:\n  - class: \"*\"\n    spec: uniform:r=0.5\n");
        var applied = await CliAsync("admin", "policy", "apply", "-f", Path.Combine(_folder, "policy.yaml"), "--scheduler", _schedulerAddress);
        Assert.True(applied.Code == 0, applied.Errors);

        var image = Path.Combine(Repository.Root, "models", "demo", "eval", "images", "0000.jpg");
        string[] question = ["generate", "--executor", _executorAddress, "--image", image, "--prompt", "What color is the tile left of the crown?", "--max-tokens", "8", "--json"];
        var answer = await CliAsync("infer", question);
        Assert.True(answer.Code == 0, answer.Errors);
        Assert.NotEmpty((string)JsonNode.Parse(answer.Output)!["text"]!);

        var denied = await CliAsync("infer", "policy", "list", "--scheduler", _schedulerAddress);
        Assert.NotEqual(0, denied.Code);
        Assert.Contains("PERMISSION_DENIED", denied.Errors, StringComparison.Ordinal);
        var unknown = await FoveaProcess.RunCliAsync([.. question, "--ca", File("ca.pem")]);
        Assert.Contains("UNAUTHENTICATED", unknown.Errors, StringComparison.Ordinal);
        var untrusting = await FoveaProcess.RunCliAsync(question);
        Assert.Contains("UNAVAILABLE", untrusting.Errors, StringComparison.Ordinal);

        var record = JsonNode.Parse(Assert.Single(await System.IO.File.ReadAllLinesAsync(Path.Combine(_folder, "audit.jsonl"))))!;
        Assert.Equal(("admin", "policy/default", "OK"), ((string)record["subject"]!, (string)record["resource"]!, (string)record["result"]!));
        using var plain = GrpcChannel.ForAddress(HealthAddress());
        var health = await new Health.HealthClient(plain).CheckAsync(new HealthCheckRequest(), deadline: DateTime.UtcNow + FoveaProcess.Limit);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    private static string[] Credentials(string prefix, string folder, string name) =>
    [
        $"--{prefix}:CertificateFile={Path.Combine(folder, name + ".pem")}",
        $"--{prefix}:KeyFile={Path.Combine(folder, name + ".key")}",
    ];

    private async Task MakeCertificatesAsync()
    {
        await using var script = FoveaProcess.StartProgram(Path.Combine(Repository.Root, "scripts", "dev-certs.sh"), [_folder]);
        Assert.True(await script.ExitAsync() == 0, script.Errors);
    }

    private string File(string name) => Path.Combine(_folder, name);

    private bool Told(string text) => _executor!.Output.Contains(text, StringComparison.Ordinal);

    private string HealthAddress()
    {
        var line = _executor!.Output.Split('\n').First(text => text.Contains("Health alone is served on", StringComparison.Ordinal));
        return line[line.IndexOf("http://", StringComparison.Ordinal)..].TrimEnd('.');
    }

    private string[] Security(string name, params (string Client, string Role)[] clients) =>
    [
        "--Security:Mode=on",
        "--Security:RequireClientCertificate=false",
        "--Security:BindExecutorId=true",
        "--Security:ClientCaFile=" + File("ca.pem"),
        "--Client:CaFile=" + File("ca.pem"),
        .. Credentials("Security", _folder, name),
        .. Credentials("Client", _folder, name),
        .. clients.SelectMany((client, index) => new[] { $"--Security:Clients:{index}:Match=dns:{client.Client}", $"--Security:Clients:{index}:Roles={client.Role}" }),
    ];

    private Task<(int Code, string Output, string Errors)> CliAsync(string client, params string[] arguments) =>
        FoveaProcess.RunCliAsync([.. arguments, "--ca", File("ca.pem"), "--cert", File($"{client}.pem"), "--key", File($"{client}.key")]);

    private async Task<JsonArray> FleetAsync()
    {
        var (code, output, errors) = await CliAsync("admin", "fleet", "list", "--scheduler", _schedulerAddress, "--json");
        Assert.True(code == 0, errors);
        return JsonNode.Parse(output)!.AsArray();
    }
}
