namespace Fovea.Scheduler.Fleet;

/// <summary>Holds the scripts of the fleet board; times are Redis' own, so clocks of schedulers need not agree.</summary>
internal static class RedisFleetScripts
{
    /// <summary>
    /// Publishes a scheduler's executors. Keys: schedulers, its executors. Arguments: its id, the executors, milliseconds after which
    /// they expire, channel.
    /// </summary>
    public const string Publish = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        redis.call('HSET', KEYS[2], 'body', ARGV[2], 'at', string.format('%.0f', now))
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
        redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[3]), ARGV[1])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
        redis.pcall('PUBLISH', ARGV[4], ARGV[1])
        return 'done'
        """;

    /// <summary>Removes a scheduler's executors. Keys: schedulers, its executors. Arguments: its id, channel.</summary>
    public const string Remove = """
        redis.call('ZREM', KEYS[1], ARGV[1])
        redis.call('DEL', KEYS[2])
        redis.pcall('PUBLISH', ARGV[2], ARGV[1])
        return 'done'
        """;

    /// <summary>
    /// Reads the executors of all other schedulers. Keys: schedulers. Arguments: id of the reader, what the names of the executors' keys
    /// begin with. Answers for each scheduler the milliseconds since it published, and its executors.
    /// </summary>
    public const string Read = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local pages = {}
        for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], string.format('(%.0f', now), '+inf')) do
          local page = redis.call('HMGET', ARGV[2] .. id, 'at', 'body')
          if id ~= ARGV[1] and page[1] then pages[#pages + 1] = {string.format('%.0f', now - page[1]), page[2]} end
        end
        return pages
        """;
}
