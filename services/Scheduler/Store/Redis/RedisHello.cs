using System.Globalization;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Is what a Redis server says of itself; asking takes no right of an ACL user.</summary>
/// <param name="Mode"><c>standalone</c>, <c>cluster</c> or <c>sentinel</c>; empty of a server before Redis 6 and of most proxies.</param>
/// <param name="Role"><c>master</c> or <c>replica</c>; empty where it is not said.</param>
internal sealed record RedisHello(string Mode, string Role)
{
    /// <summary>Gets why such a server cannot be used; null when it can.</summary>
    public string? Fault => (Mode, Role) switch
    {
        ("cluster", _) => "Redis Cluster is not supported: name a server that is not started with cluster-enabled",
        ("sentinel", _) => "Redis Sentinel is not supported: name the primary and its replicas themselves",
        (_, "replica") => "is a replica, which takes no changes",
        _ => null,
    };

    /// <summary>Asks a server that has taken the credentials.</summary>
    public static async Task<RedisHello> AskAsync(Stream stream, StreamReader reader, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("*2\r\n$5\r\nHELLO\r\n$1\r\n2\r\n"u8.ToArray(), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        var words = await ReadAsync(reader, cancellationToken);
        return new RedisHello(After(words, "mode"), After(words, "role"));
    }

    /// <summary>Reads names and values in turn, up to the first value that is a list itself; nothing of an error.</summary>
    private static async Task<List<string>> ReadAsync(TextReader reader, CancellationToken cancellationToken)
    {
        var words = new List<string>();
        if (await reader.ReadLineAsync(cancellationToken) is not ['*', .. var length] || !int.TryParse(length, CultureInfo.InvariantCulture, out var count))
        {
            return words;
        }

        while (words.Count < count)
        {
            switch (await reader.ReadLineAsync(cancellationToken))
            {
                case ['$', ..]:
                    words.Add(await reader.ReadLineAsync(cancellationToken) ?? string.Empty);
                    break;
                case [':' or '+', .. var value]:
                    words.Add(value);
                    break;
                default:
                    return words;
            }
        }

        return words;
    }

    private static string After(List<string> words, string name)
    {
        var index = words.IndexOf(name);
        return index >= 0 && index + 1 < words.Count ? words[index + 1] : string.Empty;
    }
}
