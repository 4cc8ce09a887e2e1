using Fovea.Executor.Text;
using Fovea.Executor.Text.PreTokenizers;
using Fovea.Executor.Text.SentencePiece;

namespace Fovea.Executor.Tests.Text;

public sealed class SentencePieceNormalizerTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a  b ", "▁a▁▁b▁")]
    [InlineData(" ", "▁▁")]
    public void Normalize_SpacesKept_EscapesAll(string text, string expected)
    {
        var normalizer = new SentencePieceNormalizer(new NormalizerRules { RemoveExtraWhitespaces = false }, PrependScheme.Always, null);

        Assert.Equal(expected, normalizer.Normalize(text));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("  a   b  ", "▁a▁b")]
    [InlineData("a▁", "▁a")]
    public void Normalize_SpacesSqueezed_LeavesSingleOnes(string text, string expected)
    {
        var normalizer = new SentencePieceNormalizer(new NormalizerRules(), PrependScheme.Always, null);

        Assert.Equal(expected, normalizer.Normalize(text));
    }

    [Fact]
    public void Normalize_First_PrependsOnlyAtTheStart()
    {
        var normalizer = new SentencePieceNormalizer(new NormalizerRules { RemoveExtraWhitespaces = false }, PrependScheme.First, null);

        Assert.Equal("▁a", normalizer.Normalize(new TextPiece("a", AtStart: true)));
        Assert.Equal("a", normalizer.Normalize(new TextPiece("a", AtStart: false)));
    }

    [Fact]
    public void Normalize_Map_TakesTheLongestKeyAndSparesSymbols()
    {
        var map = CharacterMap.Read(CharacterMapFile.Of(("ﬁ", "fi"), ("e", "E"), ("e\u0301", "é"), ("\t", " "), ("\u200b", "")));
        var rules = new NormalizerRules { Map = map, AddDummyPrefix = false };
        var normalizer = new SentencePieceNormalizer(rules, PrependScheme.Never, new AddedTokenMatcher([new AddedToken(1, "<e>")]));

        Assert.Equal("fiEéx▁😀<e>E", normalizer.Normalize("ﬁee\u0301x\t \u200b😀<e>e"));
    }

    [Fact]
    public void Read_DamagedMap_EitherRefusesOrStaysInBounds()
    {
        var random = new Random(3);
        var good = CharacterMapFile.Of(("ﬁ", "fi"), ("e", "E"), ("e\u0301", "é"));
        var refused = 0;
        for (var round = 0; round < 5000; round++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var map = CharacterMap.Read(bytes.AsSpan(0, random.Next(bytes.Length + 1)));

            refused += map is null ? 1 : 0;
            Assert.InRange(LengthOf(map, "e\u0301ﬁ"), 0, 3);
        }

        Assert.InRange(refused, 1, 4999);
    }

    private static int LengthOf(CharacterMap? map, string text)
    {
        var length = 0;
        map?.Match(text, out length);
        return length;
    }
}
