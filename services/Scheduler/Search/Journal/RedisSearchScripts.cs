namespace Fovea.Scheduler.Search.Journal;

/// <summary>Holds the scripts of searches in Redis; leases end by Redis' own clock.</summary>
internal static class RedisSearchScripts
{
    /// <summary>
    /// Stores a new search. Keys: searches, the search, its journal. Arguments: request id, search id, first line, channel.
    /// Answers: <c>done</c>; <c>exists</c> with the id of the search that the request has started.
    /// </summary>
    public const string Create = """
        local id = redis.call('HGET', KEYS[1], ARGV[1])
        if id then return {'exists', id} end
        redis.call('RPUSH', KEYS[3], ARGV[3])
        redis.call('HSET', KEYS[2], 'token', '0', 'until', '0')
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.pcall('PUBLISH', ARGV[4], ARGV[2])
        return {'done'}
        """;

    /// <summary>
    /// Takes the lease. Keys: the search, its journal. Arguments: newest token known, the line that says so of the next token,
    /// milliseconds, channel. Answers: <c>done</c> and 1 if the holder before was asked to cancel, else 0; <c>held</c>; <c>moved</c> when
    /// the token is another; <c>gone</c>.
    /// </summary>
    public const string Lease = """
        local lease = redis.call('HMGET', KEYS[1], 'token', 'until', 'cancel')
        if not lease[1] then return {'gone'} end
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        if tonumber(lease[2]) > now then return {'held'} end
        if lease[1] ~= ARGV[1] then return {'moved'} end
        redis.call('RPUSH', KEYS[2], ARGV[2])
        redis.call('HSET', KEYS[1], 'token', string.format('%.0f', ARGV[1] + 1), 'until', string.format('%.0f', now + ARGV[3]))
        redis.pcall('PUBLISH', ARGV[4], ARGV[1])
        return {'done', lease[3] == ARGV[1] and 1 or 0}
        """;

    /// <summary>
    /// Prolongs a lease, or ends it by 0 milliseconds. Keys: the search. Arguments: token, milliseconds.
    /// Answers: <c>done</c>; <c>cancel</c> when it is prolonged and its holder is asked to cancel; <c>fenced</c> with the newest token;
    /// <c>gone</c>.
    /// </summary>
    public const string Renew = """
        local token = redis.call('HGET', KEYS[1], 'token')
        if not token then return {'gone'} end
        if token ~= ARGV[1] then return {'fenced', token} end
        local time = redis.call('TIME')
        redis.call('HSET', KEYS[1], 'until', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2]))
        return {redis.call('HGET', KEYS[1], 'cancel') == token and 'cancel' or 'done'}
        """;

    /// <summary>
    /// Asks the holder of a lease to cancel. Keys: the search. Arguments: token.
    /// Answers: <c>done</c>; <c>moved</c> when the token is another; <c>gone</c>.
    /// </summary>
    public const string WishCancel = """
        local token = redis.call('HGET', KEYS[1], 'token')
        if not token then return {'gone'} end
        if token ~= ARGV[1] then return {'moved'} end
        redis.call('HSET', KEYS[1], 'cancel', token)
        return {'done'}
        """;

    /// <summary>
    /// Adds a line behind the lines known. Keys: the search, its journal. Arguments: token, line, number of lines known, channel.
    /// Answers: <c>done</c>, also when the line was added before; <c>fenced</c> with the newest token; <c>moved</c> when there are other
    /// lines; <c>gone</c>.
    /// </summary>
    public const string Append = """
        local token = redis.call('HGET', KEYS[1], 'token')
        if not token then return {'gone'} end
        if token ~= ARGV[1] then return {'fenced', token} end
        local ahead = redis.call('LLEN', KEYS[2]) - ARGV[3]
        if ahead == 1 and redis.call('LINDEX', KEYS[2], -1) == ARGV[2] then return {'done'} end
        if ahead ~= 0 then return {'moved'} end
        redis.call('RPUSH', KEYS[2], ARGV[2])
        redis.pcall('PUBLISH', ARGV[4], ARGV[1])
        return {'done'}
        """;

    /// <summary>
    /// Reads lines that are not known. Keys: searches. Arguments: what the names of journals begin with; then each id known and its
    /// number of lines. Answers for each journal of another length its id and the lines behind those known.
    /// </summary>
    public const string Read = """
        local known = {}
        for i = 2, #ARGV, 2 do known[ARGV[i]] = tonumber(ARGV[i + 1]) end
        local news = {}
        for _, id in ipairs(redis.call('HVALS', KEYS[1])) do
          local from = known[id] or 0
          if redis.call('LLEN', ARGV[1] .. id) > from then
            news[#news + 1] = {id, redis.call('LRANGE', ARGV[1] .. id, from, -1)}
          end
        end
        return news
        """;
}
