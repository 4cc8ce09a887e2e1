using System.Text.RegularExpressions;
using Fovea.Scheduler.Hosting;
using Fovea.Scheduler.Store.Redis;

namespace Fovea.Scheduler.Store;

/// <summary>Checks the options that say how Redis is reached.</summary>
internal static partial class RedisOptionsCheck
{
    /// <summary>Notes every fault.</summary>
    public static void Check(StoreOptions options, OptionFaults faults)
    {
        if (options.Redis.Length > 0 && RedisEndpoints.TryParse(options.Redis) is null)
        {
            faults.Add("Redis", $"is '{options.Redis}', it must be HOST:PORT of one server, or of a primary and its replicas joined by commas (--redis)");
        }

        if (!Prefix().IsMatch(options.RedisKeyPrefix))
        {
            faults.Add("RedisKeyPrefix", $"is '{options.RedisKeyPrefix}', it must be 1 to 64 lower-case letters, digits, dots and dashes");
        }

        faults.Range("RedisDatabase", options.RedisDatabase, 0, 1_000_000);
        faults.Range("RedisTimeout", options.RedisTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        faults.Range("PollInterval", options.PollInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
        faults.Range("ConnectTimeout", options.ConnectTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        CheckFiles(options, faults);
        if (options.NewEpoch && options.Redis.Length == 0)
        {
            faults.Add("NewEpoch", "is for a store in Redis, name it by --redis (--store-new-epoch)");
        }
    }

    private static void CheckFiles(StoreOptions options, OptionFaults faults)
    {
        RequireFile("RedisPasswordFile", options.RedisPasswordFile, faults);
        RequireFile("RedisCaFile", options.RedisCaFile, faults);
        RequireFile("RedisCertificateFile", options.RedisCertificateFile, faults);
        RequireFile("RedisKeyFile", options.RedisKeyFile, faults);
        if (options.RedisUser is { Length: > 0 } user && string.IsNullOrEmpty(options.RedisPasswordFile))
        {
            faults.Add("RedisUser", $"is '{user}', but Store:RedisPasswordFile names no file with its password");
        }

        if (!options.RedisTls && (options.RedisCaFile ?? options.RedisCertificateFile ?? options.RedisKeyFile) is { Length: > 0 } file)
        {
            faults.Add("RedisTls", $"is false, but '{file}' is given for TLS");
        }

        if (string.IsNullOrEmpty(options.RedisCertificateFile) != string.IsNullOrEmpty(options.RedisKeyFile))
        {
            faults.Add("RedisCertificateFile", "and Store:RedisKeyFile are given together or not at all");
        }
    }

    private static void RequireFile(string option, string? path, OptionFaults faults)
    {
        if (!string.IsNullOrEmpty(path) && !File.Exists(path))
        {
            faults.Add(option, $"is '{path}', there is no such file");
        }
    }

    [GeneratedRegex("^[a-z0-9.-]{1,64}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}
