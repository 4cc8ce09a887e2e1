using Fovea.Scheduler.Canaries;
using Fovea.Scheduler.Feed;
using Fovea.Scheduler.Fleet;
using Fovea.Scheduler.Plans;
using Fovea.Scheduler.Search;
using Fovea.Scheduler.Store;

namespace Fovea.Scheduler.Hosting;

/// <summary>Holds all options, valid.</summary>
/// <param name="Server">Section <c>Server</c>.</param>
/// <param name="Store">Section <c>Store</c>.</param>
/// <param name="Feed">Section <c>Feed</c>.</param>
/// <param name="Plans">Section <c>Plans</c>.</param>
/// <param name="Fleet">Section <c>Fleet</c>.</param>
/// <param name="Search">Section <c>Search</c>.</param>
/// <param name="Canaries">Section <c>Canaries</c>.</param>
internal sealed record SchedulerOptions(
    ServerOptions Server, StoreOptions Store, FeedOptions Feed, PlansOptions Plans, FleetOptions Fleet, SearchOptions Search, CanaryOptions Canaries)
{
    /// <summary>Reads all sections.</summary>
    /// <exception cref="StartException">Values are out of range, malformed or unknown; it lists all of them.</exception>
    public static SchedulerOptions Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var options = new SchedulerOptions(
            Read<ServerOptions>(configuration, ServerOptions.SectionName, faults),
            Read<StoreOptions>(configuration, StoreOptions.SectionName, faults),
            Read<FeedOptions>(configuration, FeedOptions.SectionName, faults),
            Read<PlansOptions>(configuration, PlansOptions.SectionName, faults),
            Read<FleetOptions>(configuration, FleetOptions.SectionName, faults),
            Read<SearchOptions>(configuration, SearchOptions.SectionName, faults),
            Read<CanaryOptions>(configuration, CanaryOptions.SectionName, faults));
        return faults.Count == 0 ? options : throw new StartException(faults);
    }

    private static T Read<T>(IConfiguration configuration, string section, List<string> faults)
        where T : ICheckedOptions, new()
    {
        var options = new T();
        try
        {
            configuration.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException exception)
        {
            faults.Add($"{section}: {exception.Message}");
            return options;
        }

        var found = new OptionFaults(section);
        options.Check(found);
        faults.AddRange(found.All);
        return options;
    }
}
