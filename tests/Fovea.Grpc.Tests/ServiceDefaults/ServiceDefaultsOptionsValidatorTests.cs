using Fovea.ServiceDefaults.Hosting;

namespace Fovea.GrpcTests.ServiceDefaults;

public sealed class ServiceDefaultsOptionsValidatorTests
{
    private readonly ServiceDefaultsOptionsValidator _validator = new();

    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(_validator.Validate(null, new ServiceDefaultsOptions()).Succeeded);

    [Fact]
    public void Validate_ManyFaults_ReportsAllAtOnceWithValueAndOption()
    {
        var result = _validator.Validate(null, new ServiceDefaultsOptions
        {
            Listen = "nowhere",
            MetricsListen = "1.2.3.4:99999",
            MaxLabelSets = 0,
            DrainDelay = TimeSpan.FromSeconds(-1),
            ShutdownTimeout = TimeSpan.FromHours(2),
        });

        Assert.Equal(5, result.Failures!.Count());
        Assert.Contains(result.Failures!, fault => fault.Contains("Service:Listen", StringComparison.Ordinal)
            && fault.Contains("nowhere", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1:0", "127.0.0.1:0")]
    [InlineData("localhost:80", "127.0.0.1:80")]
    [InlineData("*:80", "0.0.0.0:80")]
    [InlineData("[::1]:80", "[::1]:80")]
    [InlineData("::1:80", null)]
    [InlineData(":80", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("example.test:80", null)]
    [InlineData(null, null)]
    public void ListenAddress_Text_IsReadOrRefused(string? text, string? expected)
    {
        Assert.Equal(expected is not null, ListenAddress.TryParse(text, out var endpoint));
        Assert.Equal(expected, endpoint?.ToString());
    }
}
