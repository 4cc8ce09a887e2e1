namespace Fovea.Scheduler.Search.Journal;

/// <summary>Is one search of a <see cref="FileSearchStore"/>: its record, its file and who may write to it.</summary>
internal sealed class SearchJournal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly JournalFile _file;
    private readonly TimeProvider _time;
    private volatile SearchRecord _record;
    private DateTimeOffset? _expires;
    private long _cancelled;

    /// <summary>Makes the journal of what its file holds.</summary>
    public SearchJournal(SearchRecord record, JournalFile file, TimeProvider time)
    {
        _record = record;
        _file = file;
        _time = time;
    }

    /// <summary>Gets what is durable; reading takes no lock.</summary>
    public SearchRecord Record => _record;

    /// <summary>Takes the lease unless another one has not expired.</summary>
    public SearchLease? TryLease(TimeSpan duration)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (_expires > now)
            {
                return null;
            }

            var isCancelWished = _cancelled > 0 && _cancelled == _record.Token;
            Write(_record.Token + 1, new SearchEntry.Leased());
            _expires = now + duration;
            return new SearchLease(_record.Id, _record.Token, isCancelWished);
        }
    }

    /// <summary>Prolongs the lease unless a newer one was taken.</summary>
    public LeaseState Renew(SearchLease lease, TimeSpan duration)
    {
        lock (_gate)
        {
            if (lease.Token != _record.Token)
            {
                return LeaseState.Lost;
            }

            _expires = _time.GetUtcNow() + duration;
            return _cancelled == lease.Token ? LeaseState.CancelWished : LeaseState.Held;
        }
    }

    /// <summary>Asks the holder of the lease to cancel, unless a newer one was taken. The wish ends with the process, as leases do.</summary>
    public bool TryWishCancel(long token)
    {
        lock (_gate)
        {
            if (token != _record.Token)
            {
                return false;
            }

            _cancelled = token;
            return true;
        }
    }

    /// <summary>Gives the lease back unless a newer one was taken.</summary>
    public void Release(SearchLease lease)
    {
        lock (_gate)
        {
            if (lease.Token == _record.Token)
            {
                _expires = null;
            }
        }
    }

    /// <summary>Adds an entry.</summary>
    /// <exception cref="StaleTokenException">A newer lease was taken.</exception>
    public SearchRecord Append(SearchLease lease, SearchEntry entry)
    {
        lock (_gate)
        {
            if (lease.Token != _record.Token)
            {
                throw new StaleTokenException(lease, _record.Token);
            }

            Write(lease.Token, entry);
            return _record;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _file.Dispose();
        }
    }

    private void Write(long token, SearchEntry entry)
    {
        var next = _record.With(token, entry);
        _file.Append(JournalCodec.Encode(token, entry));
        _record = next;
    }
}
