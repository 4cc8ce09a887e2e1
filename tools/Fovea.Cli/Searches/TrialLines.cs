using Fovea.Contracts.V1;

namespace Fovea.Cli.Searches;

/// <summary>Writes one line for each finished trial of a search, in their order.</summary>
/// <remarks>A watch begins after its search and may skip states, so trials that no update brought are asked for.</remarks>
internal sealed class TrialLines
{
    private readonly TextWriter _writer;
    private readonly Func<Task<Search>> _read;
    private int _written;
    private SearchStatus _status = SearchStatus.Unspecified;

    /// <summary>Makes the lines of one watch.</summary>
    /// <param name="writer">Takes the lines.</param>
    /// <param name="read">Returns the search with every trial.</param>
    public TrialLines(TextWriter writer, Func<Task<Search>> read)
    {
        _writer = writer;
        _read = read;
    }

    /// <summary>Writes what is new with an update: its trials, and how far the search is when its status is another.</summary>
    public async Task TakeAsync(SearchUpdate update)
    {
        if (update.Search is not { } search)
        {
            return;
        }

        if (search.Status == SearchStatus.Running)
        {
            WriteStatus(search);
        }

        if (update.Trial is { } trial && trial.Index == _written)
        {
            Write(search, trial);
        }
        else if (search.Progress?.TrialsDone > _written || search.Status != SearchStatus.Running)
        {
            var trials = (await _read()).Trials.Skip(_written).ToList();
            trials.ForEach(missed => Write(search, missed));
        }

        WriteStatus(search);
    }

    private void Write(Search search, SearchTrial trial)
    {
        _written++;
        _writer.WriteLine(SearchText.Trial(search, trial));
    }

    private void WriteStatus(Search search)
    {
        if (search.Status != _status)
        {
            _status = search.Status;
            _writer.WriteLine(SearchText.Progress(search));
        }
    }
}
