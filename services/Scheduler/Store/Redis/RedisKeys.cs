using StackExchange.Redis;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Names everything that is kept in Redis; the prefix is the hash tag, so that one script may touch all of it.</summary>
internal sealed class RedisKeys
{
    private readonly string _tag;

    /// <summary>Makes the names below a prefix.</summary>
    public RedisKeys(string prefix, int database)
    {
        _tag = $"{{{prefix}}}";

        // Channels are shared by all databases of a server.
        Changes = $"{prefix}:{database}:changes";
        SearchChanges = $"{prefix}:{database}:searches";
        FleetChanges = $"{prefix}:{database}:fleet";
    }

    /// <summary>Gets the hash that names the newest state: epoch, generation, revision and stamp.</summary>
    public RedisKey Head => Key("head");

    /// <summary>Gets the stream of commits; the id of each is its generation.</summary>
    public RedisKey Log => Key("log");

    /// <summary>Gets the hash of search ids by request id.</summary>
    public RedisKey Searches => Key("searches");

    /// <summary>Gets the sorted set of schedulers that publish their executors, by the time in milliseconds until which that holds.</summary>
    public RedisKey Schedulers => Key("schedulers");

    /// <summary>Gets the channel that tells of commits.</summary>
    public RedisChannel Changes { get; }

    /// <summary>Gets the channel that tells of searches.</summary>
    public RedisChannel SearchChanges { get; }

    /// <summary>Gets the channel that tells of executors.</summary>
    public RedisChannel FleetChanges { get; }

    /// <summary>Returns the hash that holds the messages of a kind by their names.</summary>
    public RedisKey Messages(ResourceKind kind) => Key(kind switch
    {
        ResourceKind.Policy => "policies",
        ResourceKind.Schedule => "schedules",
        ResourceKind.Model => "models",
        ResourceKind.BudgetTable => "budget-tables",
        ResourceKind.CostTable => "cost-tables",
        _ => throw new ArgumentException($"{kind} has no key", nameof(kind)),
    });

    /// <summary>Returns the list of a policy's versions, newest first.</summary>
    public RedisKey History(string policy) => Key($"history:{policy}");

    /// <summary>Returns the hash that says who may write to a search.</summary>
    public RedisKey Search(string id) => Key($"search:{id}");

    /// <summary>Returns the list of a search's journal lines.</summary>
    public RedisKey Journal(string id) => Key($"journal:{id}");

    /// <summary>Returns the hash of the executors that a scheduler hears.</summary>
    public RedisKey Executors(string scheduler) => Key($"executors:{scheduler}");

    private string Key(string name) => $"{_tag}:{name}";
}
