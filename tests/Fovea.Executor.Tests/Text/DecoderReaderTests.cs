using System.Text.Json;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Decoders;

namespace Fovea.Executor.Tests.Text;

public sealed class DecoderReaderTests
{
    [Theory]
    [InlineData("""{"type":"Fuse"}""", "a|b", "ab")]
    [InlineData("""{"type":"Metaspace","replacement":"_","prepend_scheme":"always"}""", "_a|_b", "a b")]
    [InlineData("""{"type":"Metaspace","replacement":"_","prepend_scheme":"never"}""", "_a|_b", " a b")]
    [InlineData("""{"type":"ByteLevel"}""", "Ġa|Ã|©|Ã", " aé\uFFFD")]
    [InlineData("""{"type":"ByteLevel"}""", "日|a", "日a")]
    [InlineData("""{"type":"ByteFallback"}""", "<0xC3>|<0xA9>|a|<0xC3>|<0xA9>|<0xFF>", "éa\uFFFD\uFFFD\uFFFD")]
    [InlineData("""{"type":"Strip","content":"x","start":1,"stop":1}""", "xxax|x", "xa")]
    [InlineData("""{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":" ","start":2,"stop":0}]}""", " | | |a ", " a ")]
    [InlineData("""{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":" ","start":0,"stop":2}]}""", "a | | ", "a ")]
    [InlineData("""{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Replace","pattern":{"String":"ab"},"content":"x"}]}""", "a|b|ab", "xx")]
    public void Decode_EachKind_TurnsTokensIntoText(string json, string tokens, string expected)
    {
        var faults = new FaultList();
        var make = DecoderReader.Read(new JsonObjectReader(JsonDocument.Parse(json).RootElement, "f", "$", faults));

        Assert.Equal(expected, string.Concat(DecoderChain.Run(make(), tokens.Split('|'))));
        Assert.Empty(faults.Items);
    }

    [Fact]
    public void Decode_NoDecoder_PutsSpacesBetween() =>
        Assert.Equal("a b", string.Concat(DecoderChain.Run(DecoderReader.Read(null)(), ["a", "b"])));

    [Fact]
    public void Read_Unsupported_IsAFault()
    {
        var faults = new FaultList();

        DecoderReader.Read(new JsonObjectReader(JsonDocument.Parse("""{"type":"WordPiece"}""").RootElement, "f", "$", faults));

        Assert.Contains("WordPiece", Assert.Single(faults.Items), StringComparison.Ordinal);
    }
}
