namespace Fovea.Scheduler.Store.Redis;

/// <summary>Holds the scripts of the state: each runs whole, with nothing in between, or not at all.</summary>
/// <remarks>
/// The first write of each is one that Redis refuses when it is out of memory, cannot persist or is a replica, so a refusal leaves
/// nothing half written. PUBLISH is a hint that nothing depends on, so it may fail.
/// </remarks>
internal static class RedisScripts
{
    /// <summary>Names the most commits that are read one by one; whoever is further behind reads the whole state.</summary>
    public const int MostChanges = 512;

    /// <summary>
    /// Reads what is newer than the state held. Keys: head, log, the hashes of messages. Arguments: epoch, generation and stamp of the
    /// state held, all empty when there is none; the most commits to return. Answers: <c>empty</c>; <c>same</c>; <c>behind</c> when what
    /// is here does not follow from what is held; <c>changes</c> with log entries; <c>whole</c> with all hashes. The head comes second.
    /// </summary>
    public const string Read = """
        local head = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'revision', 'stamp')
        if not head[1] then return {'empty'} end
        if ARGV[1] ~= '' then
          if head[1] < ARGV[1] then return {'behind', head} end
          if head[1] == ARGV[1] then
            local ahead = tonumber(head[2]) - tonumber(ARGV[2])
            if ahead == 0 and head[4] == ARGV[3] then return {'same', head} end
            if ahead <= 0 then return {'behind', head} end
            local held = redis.call('XRANGE', KEYS[2], ARGV[2] .. '-1', ARGV[2] .. '-1')
            if held[1] then
              local stamp
              for i = 1, #held[1][2], 2 do
                if held[1][2][i] == 'stamp' then stamp = held[1][2][i + 1] end
              end
              if stamp ~= ARGV[3] then return {'behind', head} end
              if ahead <= tonumber(ARGV[4]) then
                local entries = redis.call('XRANGE', KEYS[2], '(' .. ARGV[2] .. '-1', '+')
                if #entries == ahead then return {'changes', head, entries} end
              end
            end
          end
        end
        local all = {}
        for i = 3, #KEYS do all[i - 2] = redis.call('HGETALL', KEYS[i]) end
        return {'whole', head, all}
        """;

    /// <summary>
    /// Commits one change. Keys: head, log, the hash of messages, the policy's history, the search of the fence. Arguments: epoch,
    /// generation and stamp of the basis; generation, revision and stamp of the next state; kind, name and body, which is empty to
    /// remove; the version for history or nothing; most versions; most log entries; fencing token or nothing; channel.
    /// Answers: <c>done</c>; <c>moved</c> when the basis is not the newest state; <c>fenced</c> with the newest token.
    /// </summary>
    public const string Write = """
        local head = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'stamp')
        if head[1] ~= ARGV[1] or head[2] ~= ARGV[2] or head[3] ~= ARGV[3] then return {'moved'} end
        if ARGV[13] ~= '' then
          local token = redis.call('HGET', KEYS[5], 'token')
          if token ~= ARGV[13] then return {'fenced', token or '0'} end
        end
        redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[12], ARGV[4] .. '-1', 'kind', ARGV[7], 'name', ARGV[8], 'body', ARGV[9],
          'version', ARGV[10], 'revision', ARGV[5], 'stamp', ARGV[6])
        if ARGV[9] == '' then redis.call('HDEL', KEYS[3], ARGV[8]) else redis.call('HSET', KEYS[3], ARGV[8], ARGV[9]) end
        redis.call('HSET', KEYS[1], 'generation', ARGV[4], 'revision', ARGV[5], 'stamp', ARGV[6])
        if ARGV[10] ~= '' then
          redis.call('LPUSH', KEYS[4], ARGV[10])
          redis.call('LTRIM', KEYS[4], 0, tonumber(ARGV[11]) - 1)
        end
        redis.pcall('PUBLISH', ARGV[14], ARGV[4])
        return {'done'}
        """;

    /// <summary>
    /// Replaces everything by a state of a new epoch. Keys: head, log, the hashes of messages. Arguments: epoch, generation and stamp
    /// that are here now, all empty for none; epoch, generation, revision and stamp of the state; channel; then for each message the
    /// number of its kind, its name and its body. Answers: <c>done</c>; <c>moved</c> when something else is here.
    /// </summary>
    public const string Begin = """
        local head = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'stamp')
        if (head[1] or '') ~= ARGV[1] or (head[2] or '') ~= ARGV[2] or (head[3] or '') ~= ARGV[3] then return {'moved'} end
        redis.call('HSET', KEYS[1], 'epoch', ARGV[4], 'generation', ARGV[5], 'revision', ARGV[6], 'stamp', ARGV[7])
        for i = 2, #KEYS do redis.call('DEL', KEYS[i]) end
        redis.call('XADD', KEYS[2], ARGV[5] .. '-1', 'kind', 'begin', 'name', '', 'body', '', 'version', '', 'revision', ARGV[6], 'stamp', ARGV[7])
        for i = 9, #ARGV, 3 do redis.call('HSET', KEYS[3 + tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]) end
        redis.pcall('PUBLISH', ARGV[8], ARGV[5])
        return {'done'}
        """;

    /// <summary>Reads versions of a policy. Keys: history. Arguments: how many. Answers the versions, newest first.</summary>
    public const string History = "return redis.call('LRANGE', KEYS[1], 0, tonumber(ARGV[1]) - 1)";

    /// <summary>
    /// Reads the changes of policies after a revision. Keys: head, log. Arguments: epoch, revision. Answers: <c>other</c> when another
    /// epoch is here; <c>short</c> when the log no longer reaches back that far; <c>events</c> with versions, oldest first.
    /// </summary>
    public const string Events = """
        local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision')
        if head[1] ~= ARGV[1] then return {'other'} end
        if tonumber(head[2]) <= tonumber(ARGV[2]) then return {'events', {}} end
        local entries = redis.call('XREVRANGE', KEYS[2], '+', '-')
        local versions = {}
        for _, entry in ipairs(entries) do
          local fields = {}
          for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
          if tonumber(fields.revision) <= tonumber(ARGV[2]) then
            local ordered = {}
            for i = #versions, 1, -1 do ordered[#ordered + 1] = versions[i] end
            return {'events', ordered}
          end
          if fields.version ~= '' then versions[#versions + 1] = fields.version end
        end
        return {'short'}
        """;
}
