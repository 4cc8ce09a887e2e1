using Fovea.Cli.Searches;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Tests.Searches;

public sealed class TrialLinesTests
{
    private readonly StringWriter _writer = new();
    private readonly List<SearchTrial> _finished = [];
    private readonly TrialLines _lines;
    private int _reads;

    public TrialLinesTests() => _lines = new TrialLines(_writer, ReadAsync);

    [Fact]
    public async Task TakeAsync_EveryTrialBrought_ReadsNothing()
    {
        await _lines.TakeAsync(Update());
        for (var trial = 0; trial < 3; trial++)
        {
            Finish();
            await _lines.TakeAsync(Update(_finished[^1]));
            await _lines.TakeAsync(Update());
        }

        Assert.Equal(["running:", "0", "1", "2"], Firsts());
        Assert.Equal(0, _reads);
    }

    [Fact]
    public async Task TakeAsync_TrialsSkipped_AreReadOnceAndWrittenInOrder()
    {
        await _lines.TakeAsync(Update());
        Finish(3);
        await _lines.TakeAsync(Update());
        await _lines.TakeAsync(Update());
        Finish(2);
        await _lines.TakeAsync(Update(_finished[^1]));

        Assert.Equal(["running:", "0", "1", "2", "3", "4"], Firsts());
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task TakeAsync_WatchBeganLater_WritesTheEarlierTrialsFirst()
    {
        Finish(2);

        await _lines.TakeAsync(Update());

        Assert.Equal(["running:", "0", "1"], Firsts());
    }

    // The last state of a search may have no progress at all.
    [Fact]
    public async Task TakeAsync_Ended_WritesWhatIsLeftAndThenTheEnd()
    {
        await _lines.TakeAsync(Update());
        Finish(2);
        var last = Update();
        (last.Search.Status, last.Search.Progress) = (SearchStatus.Done, null);

        await _lines.TakeAsync(last);

        Assert.Equal(["running:", "0", "1", "done:"], Firsts());
    }

    [Fact]
    public async Task TakeAsync_TrialReadAhead_IsNotWrittenAgain()
    {
        Finish(2);
        var (first, second) = (Update(_finished[0]), Update(_finished[1]));
        first.Search.Progress.TrialsDone = 2;
        await _lines.TakeAsync(Update());

        await _lines.TakeAsync(first);
        await _lines.TakeAsync(second);

        Assert.Equal(["running:", "0", "1"], Firsts());
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task TakeAsync_NewestTrial_SaysWhatIsLeft()
    {
        await _lines.TakeAsync(Update());
        Finish(2);
        await _lines.TakeAsync(Update());

        var lines = Lines();
        Assert.Equal("g-1 trial 0, layer 3: mean keep 0.7500, nll 0.50000 nats on 8 questions, passed, 0.25 s", lines[1]);
        Assert.Equal("g-1 trial 1, layer 3: mean keep 0.7500, nll 0.50000 nats on 8 questions, passed, 0.25 s; 2 of about 20 done, 12 s left", lines[2]);
    }

    private void Finish(int trials = 1)
    {
        for (var trial = 0; trial < trials; trial++)
        {
            _finished.Add(new SearchTrial { Index = _finished.Count, Step = 3, Rates = { 1, 0.5 }, Metric = 0.5, SamplesScored = 8, Passed = true, Seconds = 0.25 });
        }
    }

    private SearchUpdate Update(SearchTrial? trial = null) => new()
    {
        Search = new Search
        {
            Id = "g-1",
            Status = SearchStatus.Running,
            Spec = new SearchSpec { Metric = Metric.Nll },
            Progress = new SearchProgress { TrialsDone = _finished.Count, TrialsExpected = 20, EtaSeconds = 12 },
        },
        Trial = trial,
    };

    private Task<Search> ReadAsync()
    {
        _reads++;
        var search = Update().Search;
        search.Trials.AddRange(_finished);
        return Task.FromResult(search);
    }

    private string[] Lines() => _writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private IEnumerable<string> Firsts() => Lines().Select(line => line.Split(' ') is [_, "trial", var index, ..] ? index.TrimEnd(',') : line.Split(' ')[1]);
}
