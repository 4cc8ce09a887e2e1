using System.Text.Json;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Normalizers;

namespace Fovea.Executor.Tests.Text;

public sealed class NormalizerReaderTests
{
    [Theory]
    [InlineData("""{"type":"Prepend","prepend":"_"}""", "a", "_a")]
    [InlineData("""{"type":"Prepend","prepend":"_"}""", "", "")]
    [InlineData("""{"type":"Replace","pattern":{"String":" "},"content":"_"}""", " a b", "_a_b")]
    [InlineData("""{"type":"Replace","pattern":{"Regex":" {2,}"},"content":"_"}""", "a  b c", "a_b c")]
    [InlineData("""{"type":"NFC"}""", "e\u0301", "é")]
    [InlineData("""{"type":"NFD"}""", "é", "e\u0301")]
    [InlineData("""{"type":"NFKC"}""", "ﬁ", "fi")]
    [InlineData("""{"type":"NFKD"}""", "ﬁé", "fie\u0301")]
    [InlineData("""{"type":"Lowercase"}""", "ÀΣİ𐐀", "àσi\u0307𐐨")]
    [InlineData("""{"type":"Strip","strip_left":true,"strip_right":false}""", " \u3000a ", "a ")]
    [InlineData("""{"type":"Strip"}""", " a ", "a")]
    [InlineData("""{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":" "},{"type":"Replace","pattern":{"String":" "},"content":"_"}]}""", "a", "_a")]
    public void Normalize_EachKind_RewritesTheText(string json, string text, string expected)
    {
        var faults = new FaultList();
        var normalizer = NormalizerReader.Read(new JsonObjectReader(JsonDocument.Parse(json).RootElement, "f", "$", faults));

        Assert.Equal(expected, normalizer!.Normalize(text));
        Assert.Empty(faults.Items);
    }

    [Theory]
    [InlineData("""{"type":"Precompiled"}""", "not supported")]
    [InlineData("""{"type":"Replace","content":"x"}""", "pattern is missing")]
    [InlineData("""{}""", "type is missing")]
    public void Read_Unsupported_IsAFault(string json, string expected)
    {
        var faults = new FaultList();

        NormalizerReader.Read(new JsonObjectReader(JsonDocument.Parse(json).RootElement, "f", "$", faults));

        Assert.Contains(faults.Items, fault => fault.Contains(expected, StringComparison.Ordinal));
    }
}
