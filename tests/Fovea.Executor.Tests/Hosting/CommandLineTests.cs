using Fovea.Executor.Hosting;

namespace Fovea.Executor.Tests.Hosting;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_AllArguments_GivesTheirSettings()
    {
        var line = CommandLine.Parse(
            ["--model", "models/demo/model", "--model-name=demo", "--listen", "http://127.0.0.1:0", "--scheduler", "", "--device", "cuda:0",
             "--dtype", "bf16", "--threads", "4", "--state", "s", "--executor-id", "e", "--address-file", "a", "--Intake:QueueLimit", "4"]);

        Assert.Empty(line.Faults);
        Assert.Equal("models/demo/model", line.Settings["Model:Directory"]);
        Assert.Equal("demo", line.Settings["Model:Name"]);
        Assert.Equal("http://127.0.0.1:0", line.Settings["Server:Listen"]);
        Assert.Equal(string.Empty, line.Settings["Planning:Scheduler"]);
        Assert.Equal("cuda:0", line.Settings["Model:Device"]);
        Assert.Equal("bf16", line.Settings["Model:DType"]);
        Assert.Equal("4", line.Settings["Engine:Threads"]);
        Assert.Equal("s", line.Settings["Planning:StateDirectory"]);
        Assert.Equal("e", line.Settings["Planning:ExecutorId"]);
        Assert.Equal("a", line.Settings["Server:AddressFile"]);
        Assert.Equal("4", line.Settings["Intake:QueueLimit"]);
    }

    [Fact]
    public void Parse_SeveralFaults_NamesAll()
    {
        var line = CommandLine.Parse(["--modle", "x", "--model"]);

        Assert.Equal(3, line.Faults.Count);
        Assert.Contains("'--modle'", line.Faults[0], StringComparison.Ordinal);
        Assert.Contains("'x'", line.Faults[1], StringComparison.Ordinal);
        Assert.Contains("'--model' needs a value", line.Faults[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/srv/llava-1.5-7b", "llava-1.5-7b")]
    [InlineData("/srv/demo/model", "demo")]
    [InlineData("/srv/demo/model/", "demo")]
    public void EffectiveName_NoName_IsTheFolders(string directory, string expected) =>
        Assert.Equal(expected, new ModelOptions { Directory = directory }.EffectiveName);
}
