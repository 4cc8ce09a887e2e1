using System.Text;
using Fovea.Scheduler.Store.Redis;

namespace Fovea.Scheduler.Tests.Store;

public sealed class RedisHelloTests
{
    [Theory]
    [InlineData("*14|$6|server|$5|redis|$7|version|$5|7.0.1|$5|proto|:2|$2|id|:3|$4|mode|$10|standalone|$4|role|$6|master|$7|modules|*0", "standalone", "master")]
    [InlineData("*12|$6|server|$5|redis|$7|version|$5|7.0.1|$5|proto|:2|$2|id|:3|$4|mode|$8|sentinel|$7|modules|*0", "sentinel", "")]
    [InlineData("-ERR unknown command `HELLO`, with args beginning with: `2`, ", "", "")]
    [InlineData("*14|$6|server", "", "")]
    [InlineData("", "", "")]
    public async Task AskAsync_Answer_IsReadAsFarAsItGoes(string answer, string mode, string role)
    {
        using var asked = new MemoryStream();
        using var reader = new StreamReader(new MemoryStream(Encoding.UTF8.GetBytes(answer.Replace("|", "\r\n", StringComparison.Ordinal) + "\r\n")));

        var hello = await RedisHello.AskAsync(asked, reader, default);

        Assert.Equal(new RedisHello(mode, role), hello);
    }

    [Theory]
    [InlineData("standalone", "master", null)]
    [InlineData("", "", null)]
    [InlineData("standalone", "replica", "takes no changes")]
    [InlineData("cluster", "master", "Redis Cluster is not supported")]
    [InlineData("sentinel", "", "Redis Sentinel is not supported")]
    public void Fault_OfWhatIsNotSupported_NamesIt(string mode, string role, string? fault)
    {
        var found = new RedisHello(mode, role).Fault;

        Assert.True(fault is null ? found is null : found!.Contains(fault, StringComparison.Ordinal), found);
    }
}
