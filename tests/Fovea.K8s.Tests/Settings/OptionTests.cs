using System.ComponentModel.DataAnnotations;
using Fovea.Executor.Hosting;
using Fovea.K8s.Tests.Infrastructure;
using Fovea.K8s.Tests.Manifests;
using Fovea.Scheduler.Hosting;
using Microsoft.Extensions.Configuration;

namespace Fovea.K8s.Tests.Settings;

/// <summary>Every option that the manifests set is one of the services', with a value that they take.</summary>
public sealed class OptionTests
{
    // What the runtime reads, or what arguments refer to.
    private static readonly string[] NoOptions = ["DOTNET_EnableDiagnostics", "POD_NAME", "POD_IP", "CPUS", "SCHEME"];

    public static TheoryData<string, string> Services
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var overlay in Repository.Overlays)
            {
                data.Add(overlay, "fovea-scheduler");
                data.Add(overlay, "fovea-executor");
            }

            return data;
        }
    }

    public static TheoryData<string> Overlays => new(Repository.Overlays);

    [RenderingTheory]
    [MemberData(nameof(Services))]
    public async Task Options_OfTheManifest_Exist(string overlay, string service)
    {
        var set = await ManifestSet.OfOverlayAsync(overlay);
        var workload = set.TheWorkload(service);

        Assert.All(ServiceSettings.All(set, workload).Keys, key => Assert.Null(OptionTypes.FaultOf(workload, key)));
        Assert.Empty(ServiceSettings.Environment(set, workload).Keys
            .Where(name => !name.Contains("__", StringComparison.Ordinal)).Except(NoOptions, StringComparer.Ordinal));
    }

    [RenderingTheory]
    [MemberData(nameof(Services))]
    public async Task Options_OfTheManifest_HaveValuesThatBind(string overlay, string service)
    {
        var set = await ManifestSet.OfOverlayAsync(overlay);
        var workload = set.TheWorkload(service);
        var configuration = ServiceSettings.Configuration(set, workload);

        foreach (var section in configuration.GetChildren())
        {
            var options = Activator.CreateInstance(OptionTypes.Of(workload, section.Key)!)!;
            section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        }
    }

    [RenderingTheory]
    [MemberData(nameof(Overlays))]
    public async Task Scheduler_OptionsOfTheManifest_PassItsOwnChecks(string overlay)
    {
        var set = await ManifestSet.OfOverlayAsync(overlay);
        var faults = new List<string>();
        try
        {
            SchedulerOptions.Read(ServiceSettings.Configuration(set, set.TheWorkload("fovea-scheduler")));
        }
        catch (StartException exception)
        {
            faults.AddRange(exception.Faults);
        }

        // Secrets are mounted in the cluster only.
        Assert.All(faults, fault => Assert.Contains("/run/secrets/", fault, StringComparison.Ordinal));
    }

    [RenderingFact]
    public async Task Ports_OfContainers_AreThoseListenedAt()
    {
        var set = await ManifestSet.OfOverlayAsync("cpu");

        foreach (var service in (string[])["fovea-scheduler", "fovea-executor"])
        {
            var workload = set.TheWorkload(service);
            var settings = ServiceSettings.All(set, workload);
            var ports = workload.Containers.Single().Ports;
            Assert.Equal($"*:{ports["grpc"]}", settings["Server:Listen"]);
            Assert.Equal($"*:{ports["health"]}", settings["Server:HealthListen"]);
            Assert.Equal($"*:{ports["metrics"]}", settings["Server:MetricsListen"]);
        }
    }

    [Fact]
    public void FaultOf_OptionThatIsNone_IsNamed()
    {
        var workload = new Workload(ManifestSet.Parse("kind: Deployment\nmetadata: {name: fovea-executor}").Objects[0]);

        Assert.Null(OptionTypes.FaultOf(workload, "Intake:DrainTime"));
        Assert.Null(OptionTypes.FaultOf(workload, "Service:DrainDelay"));
        Assert.Equal("Deployment/fovea-executor sets Intake:DrainTimes, which is no option of it", OptionTypes.FaultOf(workload, "Intake:DrainTimes"));
        Assert.Equal("Deployment/fovea-executor sets Store:Folder, which is no option of it", OptionTypes.FaultOf(workload, "Store:Folder"));
    }

    [Fact]
    public void Arguments_ThatAreNone_AreRefused() => Assert.NotEmpty(CommandLine.Parse(["--no-such-option=1"]).Faults);
}
