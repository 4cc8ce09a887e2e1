using System.Net;
using System.Net.Sockets;
using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Shell;

public sealed class CliAppTests
{
    [Fact]
    public async Task RunAsync_UnknownCommand_IsUsage()
    {
        var run = await CliRun.OfAsync("frobnicate");

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("frobnicate", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task RunAsync_SeveralFaults_NamesAllAndSendsNothing()
    {
        var run = await CliRun.OfAsync("plan", "explain", "--vision-tokens", "-1", "--accounting", "guess");

        Assert.Equal(ExitCodes.Usage, run.Code);
        foreach (var fault in (string[])["--vision-tokens -1", "guess", "--shape", "--text-tokens", "--schedule"])
        {
            Assert.Contains(fault, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RunAsync_Help_IsOkAndListsCommands()
    {
        var run = await CliRun.OfAsync("--help");

        Assert.Equal(ExitCodes.Ok, run.Code);
        foreach (var command in (string[])["generate", "plan", "schedule", "policy", "fleet", "model", "eval", "bench", "demo"])
        {
            Assert.Contains(command, run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("localhost")]
    public async Task RunAsync_BadAddress_IsUsage(string address)
    {
        var run = await CliRun.OfAsync("fleet", "list", "--scheduler", address);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains(address, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("soon")]
    public async Task RunAsync_BadTimeout_IsUsage(string timeout)
    {
        var run = await CliRun.OfAsync("fleet", "list", "--timeout", timeout);

        Assert.Equal(ExitCodes.Usage, run.Code);
        Assert.Contains("timeout", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NobodyListens_IsUnavailable()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, never listening: nobody else gets the port

        var run = await CliRun.OfAsync("policy", "list", "--scheduler", $"http://{socket.LocalEndPoint}");

        Assert.Equal(ExitCodes.Unavailable, run.Code);
        Assert.Contains("UNAVAILABLE", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task RunAsync_NobodyAnswers_IsUnavailableAfterTheTimeout()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(); // accepts by the kernel, never answers

        var run = await CliRun.OfAsync("policy", "list", "--timeout", "0.2", "--scheduler", $"http://{socket.LocalEndPoint}");

        Assert.Equal(ExitCodes.Unavailable, run.Code);
        Assert.Contains("DEADLINE_EXCEEDED", run.Error, StringComparison.Ordinal);
    }
}
