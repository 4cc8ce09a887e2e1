using System.Text.Json.Serialization;

namespace Fovea.Cli.Demo;

/// <summary>Is one question of the demo.</summary>
/// <param name="Image">Path of the image below the demo's folder.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The exact answer.</param>
internal sealed record DemoQuestion(
    [property: JsonRequired] string Image,
    [property: JsonRequired] string Question,
    [property: JsonRequired] string Answer);
