using System.Net.Sockets;
using System.Text;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Journal;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Store.Redis;
using Fovea.Scheduler.Tests.Infrastructure;
using Fovea.Scheduler.Tests.Redis;
using Microsoft.Extensions.Logging.Abstractions;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Tests.Store;

/// <summary>Tests passwords, ACL users and TLS between a scheduler and Redis.</summary>
public sealed class RedisAccessTests : IDisposable
{
    // What scripts/k8s-secrets.sh gives a scheduler.
    private const string Rights = "~{fovea}:* &fovea:* -@all +ping +echo +select +subscribe +unsubscribe +eval +time +publish +del +pexpire +hget +hgetall +hmget +hvals "
        + "+hset +hdel +lindex +llen +lpush +lrange +ltrim +rpush +xadd +xrange +xrevrange +zadd +zrangebyscore +zrem +zremrangebyscore";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_UserWithOnlyItsRights_ReadsWritesAndFollows()
    {
        await using var redis = await RedisServer.StartAsync(
            port => [$"port {port}", "user default off", "user admin on >admin allcommands allkeys allchannels", $"user scheduler on >pässword {Rights}"],
            ["--user", "admin", "--pass", "admin", "--no-auth-warning"]);
        await using var one = await OpenAsync(redis, "1", "pässword", options => options.RedisUser = "scheduler");
        await using var other = await OpenAsync(redis, "2", "pässword", options =>
        {
            options.RedisUser = "scheduler";
            options.PollInterval = TimeSpan.FromHours(1);
        });

        await redis.SubscribedAsync("fovea:0:changes", 2);
        await Stores.PutAsync(one.Store, TestPolicies.Full("a"));

        await other.UntilAsync(state => state.Revision == 1);
        Assert.Single(await one.Store.HistoryAsync("a", 10, default));
        Assert.Single((await one.Store.EventsAfterAsync(0, default))!);
    }

    [Fact]
    public async Task Searches_UserWithOnlyItsRights_AreKeptLeasedAndCancelled()
    {
        await using var redis = await RedisServer.StartAsync($"user scheduler on >secret {Rights}");
        await using var link = await OpenAsync(redis, "1", "secret", options => options.RedisUser = "scheduler");
        await using var searches = new RedisSearchStore(
            link.Link, RedisReplica.Options(redis.Address, "unused"), TimeProvider.System, NullLogger<RedisSearchStore>.Instance);
        await searches.OpenAsync(default);
        var search = new SearchMessage { Id = "s1", Status = SearchStatus.Running };
        await searches.CreateAsync(new SearchEntry.Created("r1", search, new([0], ["a"], [], [], 1, 1)), default);

        var lease = (await searches.TryLeaseAsync("s1", Limits.Step, default))!;
        await searches.AppendAsync(lease, new SearchEntry.Measured([0], 1, 1), default);

        Assert.True(await searches.TryWishCancelAsync("s1", lease.Token, default));
        Assert.Equal(LeaseState.CancelWished, await searches.RenewAsync(lease, Limits.Step, default));
    }

    [Fact]
    public async Task Open_UserWithoutChannels_FollowsByPolling()
    {
        await using var redis = await RedisServer.StartAsync($"user scheduler on >secret {Rights.Replace("&fovea:*", "resetchannels", StringComparison.Ordinal)}");
        await using var one = await OpenAsync(redis, "1", "secret", options => options.RedisUser = "scheduler");
        await using var other = await OpenAsync(redis, "2", "secret", options => options.RedisUser = "scheduler");

        await Stores.PutAsync(one.Store, TestPolicies.Full("a"));

        Assert.Equal(1, (await other.UntilAsync(state => state.Revision == 1)).Revision);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("scheduler")]
    public async Task Open_WrongPassword_NamesTheFault(string? user)
    {
        await using var redis = await RedisServer.StartAsync("requirepass right", $"user scheduler on >right {Rights}");

        var exception = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync(redis, "1", "wrong", options => options.RedisUser = user));

        Assert.Matches("WRONGPASS|NOAUTH", exception.Message);
        Assert.DoesNotContain("wrong", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_PasswordOnly_Works()
    {
        await using var redis = await RedisServer.StartAsync("requirepass right");
        await using var one = await OpenAsync(redis, "1", "right");

        Assert.Equal(1, (await Stores.PutAsync(one.Store, TestPolicies.Full("a"))).Revision);
    }

    [Fact]
    public async Task Open_Tls_VerifiesTheServerAndShowsItsOwnCertificate()
    {
        var certificates = RedisCertificates.Make(_folder.Path, "redis");
        await using var redis = await StartSecureAsync(certificates);
        await using var one = await OpenAsync(redis, "1", "right", options => Secure(options, certificates));

        Assert.Equal(1, (await Stores.PutAsync(one.Store, TestPolicies.Full("a"))).Revision);
    }

    [Fact]
    public async Task Open_TlsUnknownAuthority_IsRefused()
    {
        var certificates = RedisCertificates.Make(_folder.Path, "redis");
        var others = RedisCertificates.Make(_folder.Path, "others");
        await using var redis = await StartSecureAsync(certificates);

        var exception = await Assert.ThrowsAsync<StoreOpenException>(
            () => OpenAsync(redis, "1", "right", options => Secure(options, certificates with { Authority = others.Authority })));

        Assert.Contains("certificate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_TlsOtherHost_IsRefused()
    {
        var certificates = RedisCertificates.Make(_folder.Path, "redis", host: "redis.example");
        await using var redis = await StartSecureAsync(certificates);

        var exception = await Assert.ThrowsAsync<StoreOpenException>(() => OpenAsync(redis, "1", "right", options => Secure(options, certificates)));

        Assert.Contains("RemoteCertificateNameMismatch", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Relay_WithoutItsSecret_ClosesTheConnection()
    {
        await using var redis = await RedisServer.StartAsync();
        var dial = new RedisDial(RedisEndpoints.TryParse(redis.Address)![0], new StoreOptions());
        var secret = RedisRelay.NewSecret();
        using var relay = RedisRelay.Start(dial, Limits.Step, secret);

        Assert.Equal("+OK\r\n", await AnswerAsync(relay, secret));
        Assert.Equal(string.Empty, await AnswerAsync(relay, RedisRelay.NewSecret()));
    }

    private static async Task<string> AnswerAsync(RedisRelay relay, string secret)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(relay.Address);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"*2\r\n$4\r\nAUTH\r\n${secret.Length}\r\n{secret}\r\n"));
        var answer = new byte[64];
        return Encoding.ASCII.GetString(answer, 0, await stream.ReadAsync(answer).AsTask().WaitAsync(Limits.Step));
    }

    private static Task<RedisServer> StartSecureAsync(RedisCertificates certificates) => RedisServer.StartAsync(
        port =>
        [
            "port 0", $"tls-port {port}", $"tls-cert-file {certificates.Certificate}", $"tls-key-file {certificates.Key}",
            $"tls-ca-cert-file {certificates.Authority}", "requirepass right",
        ],
        ["--tls", "--cacert", certificates.Authority, "--cert", certificates.Certificate, "--key", certificates.Key, "-a", "right"]);

    private static void Secure(StoreOptions options, RedisCertificates certificates) =>
        (options.RedisTls, options.RedisCaFile, options.RedisCertificateFile, options.RedisKeyFile) =
        (true, certificates.Authority, certificates.Certificate, certificates.Key);

    private Task<RedisReplica> OpenAsync(RedisServer redis, string folder, string password, Action<StoreOptions>? change = null)
    {
        var options = RedisReplica.Options(redis.Address, _folder[folder]);
        (options.RedisPasswordFile, options.ConnectTimeout) = (_folder["password"], TimeSpan.FromMilliseconds(100));
        File.WriteAllText(options.RedisPasswordFile, password + "\n");
        change?.Invoke(options);
        return RedisReplica.OpenAsync(options);
    }
}
