using System.Net;
using Fovea.Executor.Planning;

namespace Fovea.Executor.Tests.Planning;

public sealed class SchedulerTargetTests
{
    [Theory]
    [InlineData("http://10.0.0.1:7080", "http://10.0.0.1:7080/", false)]
    [InlineData("https://scheduler:7080", "https://scheduler:7080/", false)]
    [InlineData("dns:///scheduler:7080", "http://scheduler:7080/", true)]
    [InlineData("dns+https:///scheduler.fovea.svc:7080", "https://scheduler.fovea.svc:7080/", true)]
    public void Parse_Address_IsRead(string text, string address, bool isResolved)
    {
        var target = SchedulerTarget.Parse(text)!;

        Assert.Equal((address, isResolved), (target.ToEndpoint().Address.AbsoluteUri, target.IsResolved));
    }

    [Theory]
    [InlineData("scheduler")]
    [InlineData("ftp://scheduler:1")]
    [InlineData("dns:///scheduler")]
    [InlineData("dns:///scheduler:0")]
    [InlineData("dns:///:7080")]
    [InlineData("dns://scheduler:7080")]
    public void Parse_NoAddress_IsNull(string text) => Assert.Null(SchedulerTarget.Parse(text));

    [Theory]
    [InlineData("10.0.0.7", "http://10.0.0.7:7080/")]
    [InlineData("fd00::7", "http://[fd00::7]:7080/")]
    public void ToEndpoint_AddressFoundByName_KeepsTheName(string found, string address)
    {
        var endpoint = SchedulerTarget.Parse("dns:///scheduler:7080")!.ToEndpoint(IPAddress.Parse(found));

        Assert.Equal((address, "scheduler"), (endpoint.Address.AbsoluteUri, endpoint.Host));
    }

    [Fact]
    public void Validate_FaultyEntries_AreAllNamed()
    {
        var result = new PlanningOptionsValidator().Validate(null, new PlanningOptions { Scheduler = "http://a:1, nonsense, dns:///b" });

        Assert.Equal(2, result.Failures!.Count());
        Assert.Contains("'nonsense'", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("'dns:///b'", result.FailureMessage, StringComparison.Ordinal);
    }
}
