using System.Text.Json;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Cli.Sets;

/// <summary>Reads a folder of questions with known answers: <c>questions.jsonl</c> and <c>images/</c>.</summary>
internal sealed class QuestionSet
{
    private const string QuestionsFile = "questions.jsonl";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    private readonly string _folder;

    private QuestionSet(string folder, IReadOnlyList<EvalQuestion> questions) => (_folder, Questions) = (folder, questions);

    /// <summary>Gets the questions in file order.</summary>
    public IReadOnlyList<EvalQuestion> Questions { get; }

    /// <summary>Gets the folder's name, a label for people.</summary>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_folder)));

    /// <summary>Gets the types of the questions, each once, in alphabetical order.</summary>
    public IEnumerable<string> Types => Questions.Select(question => question.Type).Where(type => type.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Returns the set of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="option">Option that named it, for faults.</param>
    /// <exception cref="CliException">A line cannot be read or an image is missing; every fault is named.</exception>
    public static QuestionSet Load(string folder, string option = "--set")
    {
        var path = Path.Combine(folder, QuestionsFile);
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.Usage, $"{option}: {path}: no such file");
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

        var set = new QuestionSet(folder, questions);
        faults.AddRange(questions.Select(set.PathOf).Distinct(StringComparer.Ordinal).Where(image => !File.Exists(image)).Select(image => $"{image}: no such file"));
        if (questions.Count == 0)
        {
            faults.Add($"{path}: holds no questions");
        }

        return faults.Count == 0 ? set : throw new CliException(ExitCodes.Usage, faults);
    }

    /// <summary>Returns the path of a question's image.</summary>
    public string PathOf(EvalQuestion question) => PathOf(question.Image);

    /// <summary>Returns the questions as executors take them.</summary>
    public SetQuestions ToProto()
    {
        var message = new SetQuestions { Name = Name };
        message.Questions.AddRange(Questions.Select(question => new SetQuestion
        {
            Image = question.Image,
            Question = question.Question,
            Answer = question.Answer,
            Type = question.Type,
        }));
        return message;
    }

    /// <summary>Reads the images one by one, each once, in the order of their first question.</summary>
    public async IAsyncEnumerable<SetImage> ReadImagesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var key in Questions.Select(question => question.Image).Distinct(StringComparer.Ordinal))
        {
            var bytes = await File.ReadAllBytesAsync(PathOf(key), cancellationToken);
            yield return new SetImage { Key = key, Data = UnsafeByteOperations.UnsafeWrap(bytes) };
        }
    }

    private string PathOf(string image)
    {
        var direct = Path.Combine(_folder, image);
        return File.Exists(direct) ? direct : Path.Combine(_folder, "images", image);
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
