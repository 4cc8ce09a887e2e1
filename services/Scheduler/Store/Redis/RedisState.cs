using System.Globalization;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Snapshots;
using Google.Protobuf;
using StackExchange.Redis;

namespace Fovea.Scheduler.Store.Redis;

/// <summary>Reads and writes the state in Redis; what it returns has been read or written whole.</summary>
internal sealed class RedisState
{
    // Whoever polls needs a handful of entries; those who watch policies go back further.
    private const int LogLimit = 2000;

    private static readonly ResourceKind[] Kinds = Enum.GetValues<ResourceKind>();

    private readonly RedisLink _link;
    private readonly int _historyLimit;

    /// <summary>Makes the access to the state behind a link.</summary>
    public RedisState(RedisLink link, int historyLimit) => (_link, _historyLimit) = (link, historyLimit);

    private RedisKeys Keys => _link.Keys;

    private RedisKey[] StateKeys => [Keys.Head, Keys.Log, .. Kinds.Select(Keys.Messages)];

    /// <summary>Reads what is newer than a state that is held, or everything when none is.</summary>
    /// <exception cref="StoreUnavailableException">Redis cannot be read.</exception>
    /// <exception cref="FormatException">What it holds cannot be understood.</exception>
    public async Task<RedisRead> ReadAsync(StoreState? held, CancellationToken cancellationToken)
    {
        var answer = await EvaluateAsync(
            RedisScripts.Read,
            StateKeys,
            [held?.Epoch ?? string.Empty, held?.Generation.ToString(CultureInfo.InvariantCulture) ?? string.Empty, held?.Stamp ?? string.Empty, RedisScripts.MostChanges],
            cancellationToken);
        if ((string)answer[0]! == "empty")
        {
            return new RedisRead(ReadOutcome.Empty, held, null);
        }

        var head = ToHead((string?[])answer[1]!);
        try
        {
            return (string)answer[0]! switch
            {
                "same" => new RedisRead(ReadOutcome.Same, held, head),
                "changes" => new RedisRead(ReadOutcome.Newer, Servable(Follow(held!, (RedisResult[])answer[2]!)), head),
                "whole" => new RedisRead(ReadOutcome.Newer, Servable(Whole(head, (RedisResult[])answer[2]!)), head),
                _ => new RedisRead(ReadOutcome.Behind, held, head),
            };
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or ArgumentException or FormatException)
        {
            throw new FormatException($"Redis holds what this version cannot read ({head}): {exception.Message}", exception);
        }
    }

    /// <summary>Commits a change; false, with nothing changed, when the basis is not the newest state any more.</summary>
    /// <param name="basis">The state that the change was made for.</param>
    /// <param name="next">The state after the change, stamped.</param>
    /// <param name="change">The change.</param>
    /// <param name="version">What history is to keep of it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the change is made is not known then.</param>
    /// <exception cref="StoreUnavailableException">Redis cannot be written; whether the change is made is not known.</exception>
    /// <exception cref="FencedException">The change's fence is over.</exception>
    public async Task<bool> TryWriteAsync(
        StoreState basis, StoreState next, StoreChange change, PolicyVersion? version, CancellationToken cancellationToken)
    {
        var write = ResourceMap.ToWrite(next, change);
        var answer = await EvaluateAsync(
            RedisScripts.Write,
            [Keys.Head, Keys.Log, Keys.Messages(write.Kind), Keys.History(version?.Name ?? string.Empty), Keys.Search(change.Fence?.SearchId ?? string.Empty)],
            [
                basis.Epoch, basis.Generation, basis.Stamp, next.Generation, next.Revision, next.Stamp,
                write.Kind.ToString(), write.Name, write.Body ?? string.Empty, version is null ? string.Empty : JsonFormatter.Default.Format(version),
                _historyLimit, LogLimit, change.Fence?.Token.ToString(CultureInfo.InvariantCulture) ?? string.Empty, (string)Keys.Changes!,
            ],
            cancellationToken);
        return (string)answer[0]! switch
        {
            "done" => true,
            "fenced" => throw new FencedException(change.Fence!, (long)answer[1]),
            _ => false,
        };
    }

    /// <summary>Replaces what Redis holds by a state of a newer epoch; false when Redis holds something else by now.</summary>
    /// <exception cref="StoreUnavailableException">Redis cannot be written; whether it was is not known.</exception>
    public async Task<bool> TryBeginAsync(RedisHead? replaced, StoreState state, CancellationToken cancellationToken)
    {
        List<RedisValue> values =
        [
            replaced?.Epoch ?? string.Empty, replaced?.Generation.ToString(CultureInfo.InvariantCulture) ?? string.Empty, replaced?.Stamp ?? string.Empty,
            state.Epoch, state.Generation, state.Revision, state.Stamp, (string)Keys.Changes!,
        ];
        foreach (var (kind, name, body) in ResourceMap.All(state))
        {
            values.AddRange([(int)kind, name, body]);
        }

        var answer = await EvaluateAsync(RedisScripts.Begin, StateKeys, [.. values], cancellationToken);
        return (string)answer[0]! == "done";
    }

    /// <summary>Returns versions of a policy, newest first.</summary>
    /// <exception cref="StoreUnavailableException">Redis cannot be read.</exception>
    public async Task<IReadOnlyList<PolicyVersion>> HistoryAsync(string policy, int limit, CancellationToken cancellationToken) =>
        ToVersions(await EvaluateAsync(RedisScripts.History, [Keys.History(policy)], [limit], cancellationToken));

    /// <summary>Returns the changes of policies after a revision, oldest first; null when the log does not reach back or the epoch is another.</summary>
    /// <exception cref="StoreUnavailableException">Redis cannot be read.</exception>
    public async Task<IReadOnlyList<PolicyVersion>?> EventsAfterAsync(string epoch, long revision, CancellationToken cancellationToken)
    {
        var answer = await EvaluateAsync(RedisScripts.Events, [Keys.Head, Keys.Log], [epoch, revision], cancellationToken);
        return (string)answer[0]! == "events" ? ToVersions((RedisResult[])answer[1]!) : null;
    }

    private static List<PolicyVersion> ToVersions(RedisResult[] bodies) =>
        [.. bodies.Select(body => JsonParser.Default.Parse<PolicyVersion>((string)body!))];

    private static RedisHead ToHead(string?[] fields) => new(fields[0]!, Number(fields[1]!), Number(fields[2]!), fields[3]!);

    private static StoreState Follow(StoreState state, RedisResult[] entries)
    {
        foreach (var entry in entries)
        {
            var parts = (RedisResult[])entry!;
            var id = (string)parts[0]!;
            var fields = ((string[])parts[1]!).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            var kind = Enum.Parse<ResourceKind>(fields["kind"]);
            state = ResourceMap.With(state, kind, fields["name"], fields["body"]) with
            {
                Generation = Number(id[..id.IndexOf('-', StringComparison.Ordinal)]),
                Revision = Number(fields["revision"]),
                Stamp = fields["stamp"],
            };
        }

        return state;
    }

    private static StoreState Whole(RedisHead head, RedisResult[] hashes)
    {
        var state = StoreState.Empty(head.Epoch) with { Generation = head.Generation, Revision = head.Revision, Stamp = head.Stamp };
        foreach (var kind in Kinds)
        {
            foreach (var pair in ((string[])hashes[(int)kind]!).Chunk(2))
            {
                state = ResourceMap.With(state, kind, pair[0], pair[1]);
            }
        }

        return state;
    }

    private static StoreState Servable(StoreState state)
    {
        var serving = ServingState.Create(state);
        return serving.IsValid ? state : throw new FormatException(string.Join("; ", serving.Faults));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private async Task<RedisResult[]> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken) =>
        (RedisResult[])(await _link.EvaluateAsync(script, keys, values, cancellationToken))!;
}
