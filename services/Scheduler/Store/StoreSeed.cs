using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Hosting;
using Google.Protobuf;

namespace Fovea.Scheduler.Store;

/// <summary>Gives a new store its first policy, so that a fresh scheduler serves.</summary>
internal sealed class StoreSeed
{
    private readonly ISchedulerStore _store;
    private readonly StoreOptions _options;
    private readonly ILogger<StoreSeed> _logger;

    /// <summary>Makes the seed of a store.</summary>
    public StoreSeed(ISchedulerStore store, StoreOptions options, ILogger<StoreSeed> logger)
    {
        _store = store;
        _options = options;
        _logger = logger;
    }

    /// <summary>Stores the policy that the options name, or one that keeps everything, if nothing was ever stored.</summary>
    /// <exception cref="StartException">The policy's file has faults; it lists all of them.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        if (_store.Current.Revision > 0)
        {
            return;
        }

        var policy = _options.SeedPolicy is { } path ? Read(path) : KeepEverything();
        var state = await _store.UpdateAsync(
            current => current.Revision == 0 ? new StoreChange.PutPolicy(policy) : null, cancellationToken);
        StoreLog.Seeded(_logger, policy.Name, state.Revision);
    }

    private static Policy KeepEverything() => Normal(new Policy
    {
        Name = Planning.Policies.Policy.DefaultName,
        Model = Planning.Policies.Policy.AnyModel,
        Rules = { new ClassRule { RequestClass = Planning.Policies.ClassRule.AnyClass, Full = true } },
    });

    private static Policy Read(string path)
    {
        try
        {
            return Normal(JsonParser.Default.Parse<Policy>(File.ReadAllText(path)), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            throw new StartException([$"seed policy '{path}' cannot be read: {exception.Message} (--seed-policy)"]);
        }
    }

    private static Policy Normal(Policy policy, string source = "built in")
    {
        var mapped = PolicyMapping.ToDomain(policy);
        var faults = mapped.Faults.Select(fault => fault.ToString())
            .Concat(policy.Rules.Where(rule => rule.HasScheduleId).Select(rule => $"no schedule '{rule.ScheduleId}' is stored yet"))
            .Concat(policy.Rules.Where(rule => rule.Lossless).Select(_ => "no lossless search has stored a schedule yet"));
        var all = faults.Select(fault => $"seed policy '{source}': {fault} (--seed-policy)").ToList();
        return all.Count == 0 ? PolicyMapping.ToProto(mapped.Value!) : throw new StartException(all);
    }
}
