using System.Text;
using Fovea.Faults.Proxies;

namespace Fovea.Faults.Tests.Proxies;

public sealed class RespMessageFilterTests
{
    private const string Subscribed = "*3\r\n$9\r\nsubscribe\r\n$2\r\nab\r\n:1\r\n";
    private const string Message = "*3\r\n$7\r\nmessage\r\n$2\r\nab\r\n$3\r\n1\r\n\r\n";
    private const string PatternMessage = "*4\r\n$8\r\npmessage\r\n$1\r\n*\r\n$2\r\nab\r\n$1\r\n7\r\n";
    private const string Replies = "+OK\r\n$-1\r\n:5\r\n-ERR no\r\n*2\r\n*1\r\n:1\r\n$0\r\n\r\n*-1\r\n*0\r\n";

    [Fact]
    public void Pass_Dropping_LeavesOutMessagesAlone()
    {
        var filter = new RespMessageFilter(() => true);

        Assert.Equal(Subscribed + Replies + "+PONG\r\n", Run(filter, Subscribed + Message + Replies + PatternMessage + "+PONG\r\n", 1000));
        Assert.Equal(2, filter.Dropped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Pass_InPieces_IsTheSame(int size) =>
        Assert.Equal(Subscribed + Replies, Run(new RespMessageFilter(() => true), Subscribed + Message + Replies + PatternMessage, size));

    [Fact]
    public void Pass_NotDropping_PassesAll() =>
        Assert.Equal(Subscribed + Message + Replies, Run(new RespMessageFilter(() => false), Subscribed + Message + Replies, 3));

    private static string Run(RespMessageFilter filter, string text, int size) =>
        string.Concat(Encoding.ASCII.GetBytes(text).Chunk(size).Select(piece => Encoding.ASCII.GetString(filter.Pass(piece))));
}
