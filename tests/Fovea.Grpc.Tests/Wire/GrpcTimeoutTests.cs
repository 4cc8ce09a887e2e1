using Grpc.Wire;

namespace Fovea.GrpcTests.Wire;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData(1, "1u")]
    [InlineData(10, "1u")]
    [InlineData(10_000, "1000u")]
    [InlineData(10_000_000, "1000000u")]
    [InlineData(1_000_000_000_0, "1000000m")]
    public void Encode_Ticks_UsesTheFinestUnitThatFits(long ticks, string expected) =>
        Assert.Equal(expected, GrpcTimeout.Encode(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Encode_AnyTime_DecodesToNoLess()
    {
        var random = new Random(3);
        for (var i = 0; i < 2_000; i++)
        {
            var time = TimeSpan.FromTicks((long)Math.Pow(2, random.NextDouble() * 58));

            var text = GrpcTimeout.Encode(time);

            Assert.InRange(text.Length, 2, 9);
            Assert.True(GrpcTimeout.TryDecode(text, out var decoded), text);
            Assert.True(decoded >= time, $"{time} became {text}");
        }
    }

    [Theory]
    [InlineData("2H", 7_200_000)]
    [InlineData("3M", 180_000)]
    [InlineData("4S", 4_000)]
    [InlineData("5m", 5)]
    [InlineData("6000u", 6)]
    [InlineData("7000000n", 7)]
    public void Decode_EachUnit_IsItsTime(string text, long milliseconds)
    {
        Assert.True(GrpcTimeout.TryDecode(text, out var time));
        Assert.Equal(milliseconds, time.TotalMilliseconds);
    }
}
