namespace Fovea.Scheduler.Tests.Redis;

/// <summary>Is one Redis server for the tests of a class; each takes a key prefix of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private int _prefixes;

    internal RedisServer Server { get; private set; } = null!;

    public string NextPrefix() => $"t{Interlocked.Increment(ref _prefixes)}";

    public async Task InitializeAsync() => Server = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
