using Fovea.Scheduler.Hosting;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

public sealed class RedisOptionsCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_DefaultsAndEveryOptionAsItShouldBe_HasNoFault()
    {
        foreach (var name in new[] { "password", "ca.crt", "tls.crt", "tls.key" })
        {
            File.WriteAllText(_folder[name], "x");
        }

        var options = new StoreOptions
        {
            Redis = "redis-0.example:6379, [::1]:7000,10.0.0.5",
            RedisUser = "scheduler",
            RedisPasswordFile = _folder["password"],
            RedisDatabase = 3,
            RedisKeyPrefix = "fovea-2.test",
            RedisTls = true,
            RedisCaFile = _folder["ca.crt"],
            RedisCertificateFile = _folder["tls.crt"],
            RedisKeyFile = _folder["tls.key"],
            NewEpoch = true,
        };

        Assert.Empty(Faults(new StoreOptions()));
        Assert.Empty(Faults(options));
    }

    [Theory]
    [InlineData(":6379")]
    [InlineData("redis:0")]
    [InlineData("redis:65536")]
    [InlineData("redis:x")]
    [InlineData("a:1,,b:2")]
    [InlineData("a:1,no host:2")]
    [InlineData("redis://a:6379")]
    public void Check_NotAnAddress_NamesItAndTheForm(string redis)
    {
        var fault = Assert.Single(Faults(new StoreOptions { Redis = redis }));

        Assert.StartsWith($"Store:Redis is '{redis}', it must be HOST:PORT", fault, StringComparison.Ordinal);
        Assert.Contains("(--redis)", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Fovea")]
    [InlineData("a b")]
    [InlineData("{a}")]
    public void Check_KeyPrefixOfOtherCharacters_IsAFault(string prefix)
    {
        var fault = Assert.Single(Faults(new StoreOptions { RedisKeyPrefix = prefix }));

        Assert.StartsWith($"Store:RedisKeyPrefix is '{prefix}', it must be 1 to 64", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_KeyPrefixTooLong_IsAFault() => Assert.Single(Faults(new StoreOptions { RedisKeyPrefix = new string('a', 65) }));

    [Theory]
    [InlineData("RedisDatabase", -1, null, null, null)]
    [InlineData("RedisDatabase", 1_000_001, null, null, null)]
    [InlineData("RedisTimeout", 0, 99, null, null)]
    [InlineData("RedisTimeout", 0, 30_001, null, null)]
    [InlineData("PollInterval", 0, null, 99, null)]
    [InlineData("PollInterval", 0, null, 5001, null)]
    [InlineData("ConnectTimeout", 0, null, null, -1)]
    [InlineData("ConnectTimeout", 0, null, null, 600_001)]
    public void Check_OutOfRange_NamesTheOptionAndItsLimits(string option, int database, int? timeoutMs, int? pollMs, int? connectMs)
    {
        var options = new StoreOptions { RedisDatabase = database };
        options.RedisTimeout = Milliseconds(timeoutMs) ?? options.RedisTimeout;
        options.PollInterval = Milliseconds(pollMs) ?? options.PollInterval;
        options.ConnectTimeout = Milliseconds(connectMs) ?? options.ConnectTimeout;

        var fault = Assert.Single(Faults(options));

        Assert.StartsWith($"Store:{option} is ", fault, StringComparison.Ordinal);
        Assert.Contains("it must be within", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_FileThatIsNotThere_IsNamedForEachOption()
    {
        var options = new StoreOptions
        {
            RedisTls = true,
            RedisPasswordFile = _folder["p"],
            RedisCaFile = _folder["ca"],
            RedisCertificateFile = _folder["crt"],
            RedisKeyFile = _folder["key"],
        };

        string[] expected =
        [
            $"Store:RedisPasswordFile is '{_folder["p"]}', there is no such file",
            $"Store:RedisCaFile is '{_folder["ca"]}', there is no such file",
            $"Store:RedisCertificateFile is '{_folder["crt"]}', there is no such file",
            $"Store:RedisKeyFile is '{_folder["key"]}', there is no such file",
        ];
        Assert.Equal(expected, Faults(options));
    }

    [Fact]
    public void Check_UserWithoutPassword_IsAFault() => Assert.Equal(
        "Store:RedisUser is 'scheduler', but Store:RedisPasswordFile names no file with its password",
        Assert.Single(Faults(new StoreOptions { RedisUser = "scheduler" })));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Check_CertificateWithoutKeyOrKeyWithoutCertificate_IsAFault(bool isCertificate)
    {
        File.WriteAllText(_folder["file"], "x");
        var options = new StoreOptions { RedisTls = true };
        options.RedisCertificateFile = isCertificate ? _folder["file"] : null;
        options.RedisKeyFile = isCertificate ? null : _folder["file"];

        Assert.Equal("Store:RedisCertificateFile and Store:RedisKeyFile are given together or not at all", Assert.Single(Faults(options)));
    }

    [Fact]
    public void Check_FilesForTlsWithoutTls_IsAFault()
    {
        File.WriteAllText(_folder["ca"], "x");

        Assert.Equal($"Store:RedisTls is false, but '{_folder["ca"]}' is given for TLS", Assert.Single(Faults(new StoreOptions { RedisCaFile = _folder["ca"] })));
    }

    [Fact]
    public void Check_NewEpochWithoutRedis_IsAFault() => Assert.Equal(
        "Store:NewEpoch is for a store in Redis, name it by --redis (--store-new-epoch)", Assert.Single(Faults(new StoreOptions { NewEpoch = true })));

    [Fact]
    public void Check_EveryFault_AllComeAtOnce()
    {
        var options = new StoreOptions
        {
            Redis = "no host",
            RedisKeyPrefix = "A",
            RedisDatabase = -1,
            RedisTimeout = TimeSpan.Zero,
            PollInterval = TimeSpan.Zero,
            ConnectTimeout = TimeSpan.FromHours(1),
            RedisUser = "scheduler",
            RedisCaFile = _folder["ca"],
            RedisCertificateFile = _folder["crt"],
        };

        string[] expected =
        [
            "Redis", "RedisKeyPrefix", "RedisDatabase", "RedisTimeout", "PollInterval", "ConnectTimeout", "RedisCaFile", "RedisCertificateFile",
            "RedisUser", "RedisTls", "RedisCertificateFile",
        ];
        Assert.Equal(expected, Faults(options).Select(fault => fault.Split(' ')[0]["Store:".Length..]));
    }

    private static TimeSpan? Milliseconds(int? value) => value is { } some ? TimeSpan.FromMilliseconds(some) : null;

    private static IReadOnlyList<string> Faults(StoreOptions options)
    {
        var faults = new OptionFaults(StoreOptions.SectionName);
        RedisOptionsCheck.Check(options, faults);
        return faults.All;
    }
}
