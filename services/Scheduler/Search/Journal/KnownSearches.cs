using System.Collections.Immutable;

namespace Fovea.Scheduler.Search.Journal;

/// <summary>Holds what is known of searches in Redis: read without a lock, changed by adding lines in their order.</summary>
internal sealed class KnownSearches
{
    private readonly Lock _gate = new();
    private volatile ImmutableDictionary<string, (SearchRecord Record, int Lines)> _searches =
        ImmutableDictionary.Create<string, (SearchRecord, int)>(StringComparer.Ordinal);
    private volatile ImmutableDictionary<string, string> _requests = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the searches with the number of their lines.</summary>
    public IReadOnlyDictionary<string, (SearchRecord Record, int Lines)> All => _searches;

    /// <summary>Returns a search and the number of its lines, or null.</summary>
    public (SearchRecord Record, int Lines)? Find(string id) => _searches.TryGetValue(id, out var known) ? known : null;

    /// <summary>Returns the id of the search that a request has started, or null.</summary>
    public string? FindRequest(string requestId) => _requests.GetValueOrDefault(requestId);

    /// <summary>Adds the lines that follow the first <paramref name="from"/> ones, as far as they are not known; true when something was new.</summary>
    /// <exception cref="FormatException">A line is not what was written; those before it are known.</exception>
    public bool Add(string id, int from, IReadOnlyList<byte[]> lines)
    {
        lock (_gate)
        {
            var isNew = false;
            for (var index = 0; index < lines.Count; index++)
            {
                var known = Find(id);
                if (from + index == (known?.Lines ?? 0))
                {
                    var record = Next(known?.Record, JournalCodec.Decode(lines[index].AsMemory().TrimEnd((byte)'\n')));
                    _searches = _searches.SetItem(id, (record, from + index + 1));
                    _requests = _requests.SetItem(record.RequestId, id);
                    isNew = true;
                }
            }

            return isNew;
        }
    }

    private static SearchRecord Next(SearchRecord? record, (long Token, SearchEntry Entry) line) => record is not null
        ? record.With(line.Token, line.Entry)
        : line.Entry is SearchEntry.Created created ? SearchRecord.Begin(created) : throw new FormatException("a journal begins with its search");
}
