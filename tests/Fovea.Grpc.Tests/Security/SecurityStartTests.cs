using Fovea.GrpcTests.Support;
using Fovea.ServiceDefaults.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.GrpcTests.Security;

public sealed class SecurityStartTests
{
    [Fact]
    public async Task Start_MethodWithoutARule_IsRefusedAndNamed()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => SecureServer.StartAsync(map: app => app.MapGrpcService<ProbeService>()));

        Assert.Contains(refused.Failures, fault => fault.Contains("/fovea.probe.Probe/Unary", StringComparison.Ordinal));
        Assert.Contains(refused.Failures, fault => fault.Contains("/fovea.probe.Probe/Duplex", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_OpenToOtherMachines_IsWarnedOf()
    {
        using var logs = new LogCollector();
        await using var server = await DefaultsServer.StartAsync(
            options => options.Listen = "*:0", builder => builder.Logging.AddProvider(logs));

        Assert.Contains(logs.All, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("Security:Mode is off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_OnLoopback_IsNotWarnedOf()
    {
        using var logs = new LogCollector();
        await using var server = await DefaultsServer.StartAsync(
            build: builder => builder.Logging.AddProvider(logs));

        Assert.DoesNotContain(logs.All, line => line.Contains("Security:Mode", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_ManyFaults_ReportsAllAtOnce()
    {
        var options = new SecurityOptions
        {
            Mode = SecurityMode.On,
            CertificateFile = "missing.pem",
            KeyFile = "missing.key",
            RequireClientCertificate = true,
            JwksFile = "missing.json",
            SigningKeyFile = "missing-too.pem",
            Algorithms = "none,HS256,RS256",
            ClockSkew = TimeSpan.FromHours(1),
            ReloadInterval = TimeSpan.Zero,
        };
        options.Clients.Add(new ClientRule { Match = "executor-1", Roles = "root" });

        var faults = new SecurityOptionsValidator().Validate(null, options).Failures!.ToList();

        foreach (var option in new[]
        {
            "CertificateFile", "RequireClientCertificate", "JwksFile", "SigningKeyFile is given", "\"none\"", "\"HS256\"", "Issuer", "Audience", "ClockSkew",
            "ReloadInterval", "Clients:0:Match", "Clients:0:Roles",
        })
        {
            Assert.Contains(faults, fault => fault.Contains(option, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Validate_OnWithoutAnyCredentials_IsAFault()
    {
        var faults = new SecurityOptionsValidator().Validate(null, new SecurityOptions { Mode = SecurityMode.On }).Failures!.ToList();

        Assert.Contains(faults, fault => fault.Contains("nobody could be authenticated", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(new SecurityOptionsValidator().Validate(null, new SecurityOptions()).Succeeded);
}
