using System.Text.Json.Serialization;

namespace Fovea.Executor.Tests.Text;

/// <summary>One text of a corpus and what the reference library makes of it; what a library does not tell is null.</summary>
internal sealed record CorpusEntry(
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("ids")] int[]? Ids,
    [property: JsonPropertyName("ids_plain")] int[] IdsPlain,
    [property: JsonPropertyName("decoded")] string Decoded,
    [property: JsonPropertyName("decoded_all")] string? DecodedAll);
