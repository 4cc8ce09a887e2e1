using System.Text.Json;
using Fovea.Cli.Shell;

namespace Fovea.Cli.Evaluations;

/// <summary>Reads a folder of questions with known answers: <c>questions.jsonl</c> and <c>images/</c>.</summary>
internal sealed class EvalSet
{
    private const string QuestionsFile = "questions.jsonl";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    private readonly string _folder;

    private EvalSet(string folder, IReadOnlyList<EvalQuestion> questions) => (_folder, Questions) = (folder, questions);

    /// <summary>Gets the questions in file order.</summary>
    public IReadOnlyList<EvalQuestion> Questions { get; }

    /// <summary>Returns the set of a folder.</summary>
    /// <exception cref="CliException">A line cannot be read or an image is missing; every fault is named.</exception>
    public static EvalSet Load(string folder)
    {
        var path = Path.Combine(folder, QuestionsFile);
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.Usage, $"--set: {path}: no such file");
        }

        var faults = new List<string>();
        var questions = new List<EvalQuestion>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length > 0 && Parse(line, $"{path}:{number}", faults) is { } question)
            {
                questions.Add(question);
            }
        }

        var set = new EvalSet(folder, questions);
        faults.AddRange(questions.Select(set.PathOf).Distinct(StringComparer.Ordinal).Where(image => !File.Exists(image)).Select(image => $"{image}: no such file"));
        if (questions.Count == 0)
        {
            faults.Add($"{path}: holds no questions");
        }

        return faults.Count == 0 ? set : throw new CliException(ExitCodes.Usage, faults);
    }

    /// <summary>Returns the path of a question's image.</summary>
    public string PathOf(EvalQuestion question)
    {
        var direct = Path.Combine(_folder, question.Image);
        return File.Exists(direct) ? direct : Path.Combine(_folder, "images", question.Image);
    }

    private static EvalQuestion? Parse(string line, string place, List<string> faults)
    {
        try
        {
            return JsonSerializer.Deserialize<EvalQuestion>(line, Options);
        }
        catch (JsonException exception)
        {
            faults.Add($"{place}: {exception.Message}");
            return null;
        }
    }
}
