using Grpc.Core;
using Grpc.Wire;

namespace Fovea.GrpcTests.Wire;

public sealed class StatusMapTests
{
    [Theory]
    [InlineData(0x0, StatusCode.Internal)]
    [InlineData(0x3, StatusCode.Internal)]
    [InlineData(0x6, StatusCode.Internal)]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0x9, StatusCode.Internal)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    [InlineData(0xc, StatusCode.PermissionDenied)]
    [InlineData(0xff, StatusCode.Internal)]
    public void FromStreamReset_Code_IsAsTheProtocolSays(long code, StatusCode expected) =>
        Assert.Equal(expected, StatusMap.FromStreamReset(code));
}
