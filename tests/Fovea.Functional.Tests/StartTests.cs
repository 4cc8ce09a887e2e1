namespace Fovea.Functional.Tests;

/// <summary>An executor that cannot start says why, in words.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Executor_BadArguments_NamesAllAndExits1()
    {
        await using var executor = FoveaProcess.Start("Executor", "--modle", "x");

        Assert.Equal(1, await executor.ExitAsync());
        Assert.Contains("'--modle'", executor.Errors, StringComparison.Ordinal);
        Assert.Contains("'x'", executor.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executor_BadOptions_NamesAllAndExits1()
    {
        await using var executor = FoveaProcess.Start(
            "Executor", "--device", "gpu", "--dtype", "int8", "--scheduler", "nowhere", "--Intake:QueueLimit", "-1", "--listen", "http://127.0.0.1:0");

        Assert.Equal(1, await executor.ExitAsync());
        foreach (var option in new[] { "--model", "--device", "--dtype", "--scheduler", "QueueLimit" })
        {
            Assert.Contains(option, executor.Errors, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("   at ", executor.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executor_OptionOfAnotherType_SaysWhichAndExits1()
    {
        await using var executor = FoveaProcess.Start("Executor", "--model", Repository.DemoModel, "--threads", "many");

        Assert.Equal(1, await executor.ExitAsync());
        Assert.Contains("Engine:Threads", executor.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", executor.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executor_BrokenModel_NamesEveryFaultAndExits1()
    {
        File.WriteAllText(Path.Combine(_folder, "config.json"), """{"model_type": "llava"}""");

        await using var executor = FoveaProcess.Start("Executor", "--model", _folder, "--listen", "http://127.0.0.1:0", "--scheduler", "");

        Assert.Equal(1, await executor.ExitAsync());
        Assert.Contains("tokenizer.json", executor.Errors, StringComparison.Ordinal);
        Assert.Contains("text_config", executor.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", executor.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executor_PortTaken_SaysSoAndExits1()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        await using var executor = FoveaProcess.Start(
            "Executor", "--model", Repository.DemoModel, "--listen", $"http://{taken.LocalEndpoint}", "--scheduler", "");

        Assert.Equal(1, await executor.ExitAsync());
        Assert.Contains("address already in use", executor.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", executor.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executor_Help_PrintsUsageAndExits0()
    {
        await using var executor = FoveaProcess.Start("Executor", "--help");

        Assert.Equal(0, await executor.ExitAsync());
        Assert.Contains("--model DIR", executor.Output, StringComparison.Ordinal);
    }
}
