using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Journal;
using SearchMessage = Fovea.Contracts.V1.Search;

namespace Fovea.Scheduler.Tests.Search.Journal;

/// <summary>Tests what every store of searches promises; each has a subclass.</summary>
public abstract class SearchStoreContractTests : IAsyncLifetime
{
    private protected static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    private ISearchStore _store = null!;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync() => await CloseAsync();

    [Fact]
    public async Task CreateAsync_SameRequest_ReturnsTheFirst()
    {
        await CreateAsync(_store, "s1");

        var again = await CreateAsync(_store, "s2");

        Assert.Equal("s1", again.Id);
        Assert.Single(_store.List());
        Assert.Equal("s1", _store.FindRequest("request")!.Id);
        Assert.Null(_store.Read("s2"));
    }

    [Fact]
    public async Task Open_Again_ReadsEveryEntryBack()
    {
        await CreateAsync(_store, "s1");
        var lease = (await LeaseAsync())!;
        await _store.AppendAsync(lease, new SearchEntry.Measured([0, 1, double.NaN], 36, 1.5), default);
        await _store.AppendAsync(lease, new SearchEntry.Tried(new SearchTrial { Rates = { 1, 0.1 + 0.2 } }, [0.1, 1e-300, double.NaN]), default);
        var written = await _store.AppendAsync(
            lease, new SearchEntry.Turned(SearchStatus.Done, 12.5, Result: new SearchResult { MetricFull = 1.0 / 3 }), default);

        await ReopenAsync();
        var read = _store.Read("s1")!;

        Assert.Equal(written.Head, read.Head);
        Assert.Equal(written.Trials[0].Trial, read.Trials[0].Trial);
        Assert.Equal(written.Trials[0].Losses.ToArray(), read.Trials[0].Losses.ToArray());
        Assert.Equal(written.Full!.Losses.ToArray(), read.Full!.Losses.ToArray());
        Assert.Equal(written.Questions.Types.ToArray(), read.Questions.Types.ToArray());
    }

    [Fact]
    public async Task TryLeaseAsync_Held_IsRefusedUntilItExpiresOrIsGivenBack()
    {
        await CreateAsync(_store, "s1");
        var first = (await LeaseAsync())!;

        Assert.Null(await LeaseAsync());
        Assert.Equal(LeaseState.Held, await _store.RenewAsync(first, Duration, default));
        Assert.Null(await LeaseAsync());
        await ExpireAsync("s1");
        var second = (await LeaseAsync())!;
        Assert.Equal(first.Token + 1, second.Token);

        await _store.ReleaseAsync(first, default);
        Assert.Null(await LeaseAsync());
        await _store.ReleaseAsync(second, default);
        Assert.Equal(second.Token + 1, (await LeaseAsync())!.Token);
    }

    [Fact]
    public async Task AppendAsync_OlderToken_IsRefusedAndWritesNothing()
    {
        await CreateAsync(_store, "s1");
        var old = (await LeaseAsync())!;
        await ExpireAsync("s1");
        var current = (await LeaseAsync())!;

        await Assert.ThrowsAsync<StaleTokenException>(() => _store.AppendAsync(old, Trial(0), default));

        Assert.Equal(LeaseState.Lost, await _store.RenewAsync(old, Duration, default));
        await _store.AppendAsync(current, Trial(7), default);
        await ReopenAsync();
        Assert.Equal(7, Assert.Single(_store.Read("s1")!.Trials).Trial.Index);
        Assert.Equal(current.Token, _store.Read("s1")!.Token);
    }

    [Fact]
    public async Task TryWishCancelAsync_Held_ReachesTheHolderAndTheNextButNoLaterOne()
    {
        await CreateAsync(_store, "s1");
        var first = (await LeaseAsync())!;

        Assert.True(await _store.TryWishCancelAsync("s1", first.Token, default));

        Assert.Equal(LeaseState.CancelWished, await _store.RenewAsync(first, Duration, default));
        await _store.AppendAsync(first, Trial(0), default);
        await ExpireAsync("s1");
        var second = (await LeaseAsync())!;
        Assert.True(second.IsCancelWished);
        Assert.Equal(LeaseState.Held, await _store.RenewAsync(second, Duration, default));
        await ExpireAsync("s1");
        Assert.False((await LeaseAsync())!.IsCancelWished);
    }

    [Fact]
    public async Task TryWishCancelAsync_OlderToken_IsVoid()
    {
        await CreateAsync(_store, "s1");
        var old = (await LeaseAsync())!;
        await ExpireAsync("s1");
        var current = (await LeaseAsync())!;

        Assert.False(await _store.TryWishCancelAsync("s1", old.Token, default));

        Assert.Equal(LeaseState.Held, await _store.RenewAsync(current, Duration, default));
    }

    [Fact]
    public async Task Changed_CreateAndAppend_CompletesIt()
    {
        var changed = _store.Changed;
        await CreateAsync(_store, "s1");
        await changed.WaitAsync(Infrastructure.Limits.Step);

        var lease = (await LeaseAsync())!;
        changed = _store.Changed;
        await _store.AppendAsync(lease, Trial(1), default);
        await changed.WaitAsync(Infrastructure.Limits.Step);
    }

    private protected abstract Task<ISearchStore> OpenAsync();

    private protected abstract Task CloseAsync();

    /// <summary>Lets the time of a search's lease pass.</summary>
    private protected abstract Task ExpireAsync(string id);

    private protected static SearchEntry.Tried Trial(int index) => new(new SearchTrial { Index = index }, [0, 1]);

    private protected static Task<SearchRecord> CreateAsync(ISearchStore store, string id) => store.CreateAsync(
        new SearchEntry.Created(
            "request", new SearchMessage { Id = id, Status = SearchStatus.Running, Spec = new SearchSpec { Model = "m" } }, new([0, 2], ["a", "b"], [1], ["c"], 64, 20)),
        default);

    private Task<SearchLease?> LeaseAsync() => _store.TryLeaseAsync("s1", Duration, default);

    private async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync();
    }
}
