using Grpc.Wire;

namespace Fovea.GrpcTests.Wire;

public sealed class StatusMessageTests
{
    [Theory]
    [InlineData("plain ~ text", "plain ~ text")]
    [InlineData("100 %", "100 %25")]
    [InlineData("ü\n", "%C3%BC%0A")]
    public void Encode_Text_IsPercentEncoded(string text, string expected)
    {
        Assert.Equal(expected, StatusMessage.Encode(text));
        Assert.Equal(text, StatusMessage.Decode(expected));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("%41%", "A%")]
    [InlineData("%FF", "\ufffd")]
    [InlineData("%c3%bc", "ü")]
    public void Decode_BrokenEncoding_LosesNothingElse(string text, string expected) => Assert.Equal(expected, StatusMessage.Decode(text));
}
