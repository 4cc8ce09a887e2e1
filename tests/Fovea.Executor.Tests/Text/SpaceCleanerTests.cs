using Fovea.Executor.Text.Slow;

namespace Fovea.Executor.Tests.Text;

public sealed class SpaceCleanerTests
{
    [Fact]
    public void Push_RandomParts_EqualsTheReplacementsOfTheWhole()
    {
        const string alphabet = "  .?!,''nntmsvre";
        var random = new Random(4);
        for (var round = 0; round < 3000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var cleaner = new SpaceCleaner();
            var output = string.Empty;
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(random.Next(1, 4), text.Length - at);
                output += cleaner.Push(text.Substring(at, length));
                at += length;
            }

            Assert.Equal(Whole(text), output + cleaner.Finish());
        }
    }

    private static string Whole(string text) => text
        .Replace(" .", ".").Replace(" ?", "?").Replace(" !", "!").Replace(" ,", ",").Replace(" ' ", "'")
        .Replace(" n't", "n't").Replace(" 'm", "'m").Replace(" 's", "'s").Replace(" 've", "'ve").Replace(" 're", "'re");
}
