using System.Text.Json;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Executor.Text.PreTokenizers;

namespace Fovea.Executor.Tests.Text;

public sealed class PreTokenizerReaderTests
{
    [Theory]
    [InlineData("Isolated", false, "a|-|-|b|-|c")]
    [InlineData("Removed", false, "a|b|c")]
    [InlineData("Contiguous", false, "a|--|b|-|c")]
    [InlineData("MergedWithPrevious", false, "a-|-|b-|c")]
    [InlineData("MergedWithNext", false, "a|-|-b|-c")]
    [InlineData("Removed", true, "-|-|-")]
    public void Split_EachBehavior_PlacesTheMatches(string behavior, bool invert, string expected)
    {
        var json = $$"""{"type":"Split","pattern":{"String":"-"},"behavior":"{{behavior}}","invert":{{(invert ? "true" : "false")}}}""";

        Assert.Equal(expected.Split('|'), Words(json, "a--b-c", out _));
    }

    [Theory]
    [InlineData("always", true, " a b", "_a|_b")]
    [InlineData("always", true, "a  b", "_a|_|_b")]
    [InlineData("always", false, "a b", "_a_b")]
    [InlineData("first", true, "a b", "_a|_b")]
    [InlineData("never", true, "a b", "a|_b")]
    public void Metaspace_EachScheme_PrependsAndCuts(string scheme, bool split, string text, string expected)
    {
        var json = $$"""{"type":"Metaspace","replacement":"_","prepend_scheme":"{{scheme}}","split":{{(split ? "true" : "false")}}}""";

        Assert.Equal(expected.Split('|'), Words(json, text, out _));
    }

    [Fact]
    public void Metaspace_First_LeavesLaterPiecesAlone()
    {
        var reader = Reader("""{"type":"Metaspace","replacement":"_","prepend_scheme":"first"}""", new FaultList());
        var words = new List<string>();

        PreTokenizerReader.Read(reader)!.Split(new TextPiece("a b", AtStart: false), word => words.Add(word.Content));

        Assert.Equal(["a", "_b"], words);
    }

    [Theory]
    [InlineData("""{"type":"Digits","individual_digits":true}""", "ab1२x", "ab|1|२|x")]
    [InlineData("""{"type":"Digits","individual_digits":false}""", "ab12x", "ab|12|x")]
    [InlineData("""{"type":"Punctuation"}""", "a,b$", "a|,|b|$")]
    [InlineData("""{"type":"WhitespaceSplit"}""", " a\tb  c ", "a|b|c")]
    [InlineData("""{"type":"ByteLevel","add_prefix_space":true}""", "it's é", "Ġit|'s|ĠÃ©")]
    [InlineData("""{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}""", "it's", "it's")]
    [InlineData("""{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"Digits","individual_digits":true}]}""", "a1 b", "a|1|b")]
    public void Split_OtherKinds_CutAsNamed(string json, string text, string expected) =>
        Assert.Equal(expected.Split('|'), Words(json, text, out _));

    [Theory]
    [InlineData("""{"type":"BertPreTokenizer"}""", "not supported")]
    [InlineData("""{"type":"Split","pattern":{"String":"-"},"behavior":"Sideways"}""", "none of Removed")]
    [InlineData("""{"type":"Split","behavior":"Isolated"}""", "pattern is missing")]
    [InlineData("""{"type":"Split","pattern":{"Regex":"("},"behavior":"Isolated"}""", "no regular expression")]
    [InlineData("""{"type":"Metaspace","replacement":"__"}""", "one character")]
    [InlineData("""{"type":"Metaspace","prepend_scheme":"often"}""", "none of always")]
    public void Read_Unsupported_IsAFault(string json, string expected)
    {
        Words(json, string.Empty, out var faults);

        Assert.Contains(faults.Items, fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    private static List<string> Words(string json, string text, out FaultList faults)
    {
        faults = new FaultList();
        var words = new List<string>();
        PreTokenizerReader.Read(Reader(json, faults))?.Split(new TextPiece(text, AtStart: true), word => words.Add(word.Content));
        return words;
    }

    private static JsonObjectReader Reader(string json, FaultList faults) => new(JsonDocument.Parse(json).RootElement, "f", "$", faults);
}
