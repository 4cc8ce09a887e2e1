using System.Text.Json.Nodes;
using Fovea.Cli.Generation;
using Fovea.Cli.Sets;

namespace Fovea.Cli.Evaluations;

/// <summary>Adds up the answers of a set.</summary>
internal sealed class EvalTally
{
    private const double Percent = 100;
    private const double Giga = 1e9;

    private readonly SortedDictionary<string, (int Asked, int Right)> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _digests = new(StringComparer.Ordinal);
    private double _flops;
    private double _fullFlops;

    /// <summary>Gets how many questions were asked.</summary>
    public int Asked { get; private set; }

    /// <summary>Gets how many were answered exactly.</summary>
    public int Right { get; private set; }

    /// <summary>Gets the share of exact answers in percent; 0 before the first.</summary>
    public double Accuracy => Asked == 0 ? 0 : Percent * Right / Asked;

    /// <summary>Gets the mean of the requests' language-model prefill in GFLOPs, as executed.</summary>
    public double Gflops => Asked == 0 ? 0 : _flops / Asked / Giga;

    /// <summary>Gets the same with everything kept.</summary>
    public double FullGflops => Asked == 0 ? 0 : _fullFlops / Asked / Giga;

    /// <summary>Gets the one plan digest of all answers, or null when there were several.</summary>
    public string? PlanDigest => _digests.Count == 1 ? _digests.Single() : null;

    /// <summary>Gets the share of exact answers in percent, by type.</summary>
    public IEnumerable<(string Type, int Asked, double Accuracy)> ByType =>
        _types.Select(type => (type.Key, type.Value.Asked, Percent * type.Value.Right / type.Value.Asked));

    /// <summary>Adds one answer and returns whether it is right: equal to the expected one, white space around it aside.</summary>
    public bool Add(EvalQuestion question, GenerationAnswer answer)
    {
        var isRight = answer.Text == question.Answer;
        var (asked, right) = _types.GetValueOrDefault(question.Type);
        _types[question.Type] = (asked + 1, right + (isRight ? 1 : 0));
        Asked++;
        Right += isRight ? 1 : 0;
        _flops += answer.Done.PrefillFlops;
        _fullFlops += answer.Done.FullPrefillFlops;
        _digests.Add(answer.Done.PlanDigest);
        return isRight;
    }

    /// <summary>Returns the documented JSON form; <c>plan_digest</c> is null when several plans served the questions.</summary>
    public JsonObject ToJson() => new()
    {
        ["accuracy"] = Accuracy,
        ["questions"] = Asked,
        ["by_type"] = new JsonObject(ByType.Select(type => KeyValuePair.Create(type.Type, (JsonNode?)type.Accuracy))),
        ["gflops"] = Gflops,
        ["gflops_full"] = FullGflops,
        ["plan_digest"] = PlanDigest,
    };
}
