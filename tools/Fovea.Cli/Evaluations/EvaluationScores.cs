using Fovea.Contracts.V1;

namespace Fovea.Cli.Evaluations;

/// <summary>Holds the score of every candidate on every sample; written by several threads.</summary>
internal sealed class EvaluationScores
{
    private readonly SampleScore?[,] _scores;
    private readonly Dictionary<int, int> _places;
    private int _filled;

    /// <summary>Makes room for the scores of a request.</summary>
    public EvaluationScores(EvaluationRequest request)
    {
        _scores = new SampleScore?[request.Candidates.Length, request.Samples.Length];
        _places = request.Samples.Select((sample, place) => (sample, place)).ToDictionary(pair => pair.sample, pair => pair.place);
    }

    /// <summary>Gets how many scores there will be.</summary>
    public int Total => _scores.Length;

    /// <summary>Gets how many there are.</summary>
    public int Filled => Volatile.Read(ref _filled);

    /// <summary>Returns all scores of a candidate, in the order of the request's samples; all are there once the request is done.</summary>
    public IReadOnlyList<SampleScore> Of(int candidate) =>
        [.. Enumerable.Range(0, _scores.GetLength(1)).Select(place => _scores[candidate, place]!)];

    /// <summary>Keeps a score; the same one again changes nothing. Returns whether the sample was asked for.</summary>
    public bool Keep(int candidate, SampleScore score)
    {
        if (!_places.TryGetValue(score.Sample, out var place))
        {
            return false;
        }

        if (Interlocked.Exchange(ref _scores[candidate, place], score) is null)
        {
            Interlocked.Increment(ref _filled);
        }

        return true;
    }

    /// <summary>Returns whether every one of these samples has a score of every candidate.</summary>
    public bool IsComplete(IEnumerable<int> samples) => samples.All(sample =>
        Enumerable.Range(0, _scores.GetLength(0)).All(candidate => _scores[candidate, _places[sample]] is not null));
}
