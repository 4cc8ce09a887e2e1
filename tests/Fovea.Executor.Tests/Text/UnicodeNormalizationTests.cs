using System.Text.Json.Serialization;
using Fovea.Executor.Text.Unicode;

namespace Fovea.Executor.Tests.Text;

public sealed class UnicodeNormalizationTests
{
    [Fact]
    public void Normalize_ReferenceTexts_GivesAllForms()
    {
        var rows = FixtureFiles.Json<List<Row>>("unicode", "normalization.json");

        Assert.True(rows.Count > 300);
        foreach (var row in rows)
        {
            Assert.Equal(row.Nfc, UnicodeNormalization.Normalize(row.Text, UnicodeForm.Composed));
            Assert.Equal(row.Nfd, UnicodeNormalization.Normalize(row.Text, UnicodeForm.Decomposed));
            Assert.Equal(row.Nfkc, UnicodeNormalization.Normalize(row.Text, UnicodeForm.CompatibilityComposed));
            Assert.Equal(row.Nfkd, UnicodeNormalization.Normalize(row.Text, UnicodeForm.CompatibilityDecomposed));
        }
    }

    [Fact]
    public void Normalize_EveryHangulSyllable_RoundTrips()
    {
        for (var syllable = 0xAC00; syllable <= 0xD7A3; syllable++)
        {
            var text = ((char)syllable).ToString();
            var letters = UnicodeNormalization.Normalize(text, UnicodeForm.Decomposed);

            Assert.InRange(letters.Length, 2, 3);
            Assert.Equal(text, UnicodeNormalization.Normalize(letters, UnicodeForm.Composed));
        }
    }

    [Fact]
    public void Normalize_LongRunOfMarks_IsSortedStably()
    {
        var text = "a" + string.Concat(Enumerable.Repeat("\u0301\u0327", 50_000));

        var output = UnicodeNormalization.Normalize(text, UnicodeForm.Decomposed);

        Assert.Equal("a" + new string('\u0327', 50_000) + new string('\u0301', 50_000), output);
    }

    private sealed record Row(
        [property: JsonPropertyName("text")] string Text,
        [property: JsonPropertyName("nfc")] string Nfc,
        [property: JsonPropertyName("nfd")] string Nfd,
        [property: JsonPropertyName("nfkc")] string Nfkc,
        [property: JsonPropertyName("nfkd")] string Nfkd);
}
