using Fovea.Contracts.V1;
using Fovea.Scheduler.Hosting;
using Fovea.Scheduler.Store;
using Fovea.ServiceDefaults.Hosting;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is a whole scheduler in this process, on a free port, with a store of its own.</summary>
internal sealed class TestScheduler : IAsyncDisposable
{
    private readonly TempFolder? _owned;
    private readonly GrpcChannel _channel;

    private TestScheduler(WebApplication app, TempFolder? owned)
    {
        App = app;
        _owned = owned;
        _channel = GrpcChannel.ForAddress(app.Services.GetRequiredService<BoundAddresses>().Grpc!);
        Plans = new(_channel);
        Feed = new(_channel);
        Policies = new(_channel);
        Schedules = new(_channel);
        Fleet = new(_channel);
        Searches = new(_channel);
    }

    public WebApplication App { get; }

    public PlanService.PlanServiceClient Plans { get; }

    public FeedService.FeedServiceClient Feed { get; }

    public PolicyService.PolicyServiceClient Policies { get; }

    public ScheduleService.ScheduleServiceClient Schedules { get; }

    public FleetService.FleetServiceClient Fleet { get; }

    public SearchService.SearchServiceClient Searches { get; }

    public StoreState State => App.Services.GetRequiredService<ISchedulerStore>().Current;

    public ChannelBase Channel => _channel;

    public string Address => App.Services.GetRequiredService<BoundAddresses>().Grpc!;

    public static Task<TestScheduler> StartAsync(params string[] arguments) => StartAsync(null, null, arguments.ToList());

    public static Task<TestScheduler> StartAtAsync(TimeProvider time, params string[] arguments) => StartAsync(time, null, arguments.ToList());

    public static Task<TestScheduler> StartInAsync(string folder, params string[] arguments) => StartAsync(null, folder, arguments.ToList());

    /// <summary>Makes a model known the way an executor does.</summary>
    public async Task AnnounceAsync(ModelProfile model)
    {
        await using var executor = await FeedClient.OpenAsync(this, "announcer", model);
    }

    public Task<StoredPolicy> ApplyAsync(Policy policy) => ApplyAsync(new ApplyPolicyRequest { Policy = policy });

    public async Task<StoredPolicy> ApplyAsync(ApplyPolicyRequest request) => (await Policies.ApplyPolicyAsync(request)).Policy;

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _channel.Dispose();
        _owned?.Dispose();
    }

    private static async Task<TestScheduler> StartAsync(TimeProvider? time, string? folder, IReadOnlyList<string> arguments)
    {
        var owned = folder is null ? new TempFolder() : null;
        string[] all = ["--listen", "http://127.0.0.1:0", "--store", folder ?? owned!.Path, .. arguments];
        var app = await SchedulerHost.StartAsync(SchedulerArguments.Parse(all), builder =>
        {
            builder.Logging.ClearProviders();
            if (time is not null)
            {
                builder.Services.AddSingleton(time);
            }
        });
        return new TestScheduler(app, owned);
    }
}
