using System.Threading.Channels;
using Fovea.Contracts.V1;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Keeps a link to every connected executor that serves the searched model revision; executors come and go.</summary>
internal sealed class FleetLinks : IAsyncDisposable
{
    private readonly Channel<LinkEvent> _events = Channel.CreateUnbounded<LinkEvent>(new() { SingleReader = true });
    private readonly Dictionary<(string Id, string Address), ExecutorLink> _links = [];
    private readonly CancellationTokenSource _end = new();
    private readonly LinkContext _context;
    private readonly Task _following;

    /// <summary>Begins to follow the fleet.</summary>
    public FleetLinks(EvaluationTarget target, FanoutTools tools)
    {
        _context = new LinkContext(target, new SetHolders(), _events.Writer, tools);
        _following = Task.Run(FollowAsync);
    }

    /// <summary>Gets what happens on the links, in order for each of them.</summary>
    public ChannelReader<LinkEvent> Events => _events.Reader;

    /// <summary>Puts an event behind those that came before.</summary>
    public void Tell(LinkEvent happened) => _events.Writer.TryWrite(happened);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _following;
        await Task.WhenAll(_links.Values.Select(link => link.DisposeAsync().AsTask()));
        _end.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var changed = _context.Tools.Fleet.Changed;
            await UpdateAsync();
            await changed.WaitAsync(_end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task UpdateAsync()
    {
        var wanted = _context.Tools.Fleet.List().Where(Serves).Select(executor => (executor.ExecutorId, executor.Address)).ToHashSet();
        foreach (var gone in _links.Keys.Where(key => !wanted.Contains(key)).ToList())
        {
            _links.Remove(gone, out var link);
            await link!.DisposeAsync();
        }

        foreach (var (id, address) in wanted.Where(key => !_links.ContainsKey(key)))
        {
            var link = new ExecutorLink(_context, id, address);
            _links.Add((id, address), link);
            link.Start();
        }
    }

    private bool Serves(ExecutorStatus executor) => executor.Connected
        && executor.Model.Name == _context.Target.Model
        && executor.Model.Revision == _context.Target.ModelRevision;
}
