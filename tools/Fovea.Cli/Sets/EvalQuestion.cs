using System.Text.Json.Serialization;

namespace Fovea.Cli.Sets;

/// <summary>Is one line of <c>questions.jsonl</c>.</summary>
/// <param name="Image">Path of the image, below the set's folder or its <c>images</c>.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The exact answer.</param>
/// <param name="Type">Kind of question; empty when not given.</param>
internal sealed record EvalQuestion(
    [property: JsonRequired] string Image,
    [property: JsonRequired] string Question,
    [property: JsonRequired] string Answer,
    string Type = "");
