using Fovea.Scheduler.Hosting;

namespace Fovea.Scheduler.Tests.Hosting;

public sealed class SchedulerArgumentsTests
{
    [Fact]
    public void Parse_EveryForm_BecomesConfiguration()
    {
        var parsed = SchedulerArguments.Parse(["--listen", "http://127.0.0.1:1", "--store=/a=b", "--store-recover", "--Feed:Heartbeat=00:00:05"]);

        Assert.Equal("http://127.0.0.1:1", parsed.Settings["Server:Listen"]);
        Assert.Equal("/a=b", parsed.Settings["Store:Folder"]);
        Assert.Equal("true", parsed.Settings["Store:Recover"]);
        Assert.Equal("00:00:05", parsed.Settings["Feed:Heartbeat"]);
        Assert.False(parsed.IsHelp);
    }

    [Fact]
    public void Parse_Faulty_NamesEveryArgument()
    {
        var exception = Assert.Throws<StartException>(() => SchedulerArguments.Parse(["--port", "serve", "--store"]));

        Assert.Equal(
            ["argument '--port' is unknown, --help lists those that are", "argument 'serve' is unknown, --help lists those that are", "argument '--store' needs a value"],
            exception.Faults);
    }
}
