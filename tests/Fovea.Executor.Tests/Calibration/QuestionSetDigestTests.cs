using System.Security.Cryptography;
using System.Text;
using Fovea.Contracts.Calibration;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Tests.Calibration;

/// <summary>The name of a set is its content.</summary>
public sealed class QuestionSetDigestTests
{
    private static readonly byte[] Picture = [1, 2, 3];

    [Fact]
    public void Of_OneQuestion_IsTheHashOfTheDocumentedBytes()
    {
        byte[] expected =
        [
            .. Text("fovea.question-set"), 1, 0, 0, 0, 1, 0, 0, 0,
            .. Text("a.png"), .. Text("Hörst du?"), .. Text("yes"), .. Text("exist"),
            1, 0, 0, 0, .. Text("a.png"), .. SHA256.HashData(Picture),
        ];

        var digest = QuestionSetDigest.Of([Question("a.png", "Hörst du?", "yes")], _ => Picture);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(expected)), digest);
    }

    [Fact]
    public void Of_AnythingChanged_IsAnother()
    {
        var one = Question("a", "Q", "yes");
        var two = Question("b", "Q", "no");
        string[] digests =
        [
            QuestionSetDigest.Of([one, two], _ => Picture),
            QuestionSetDigest.Of([two, one], _ => Picture),
            QuestionSetDigest.Of([one], _ => Picture),
            QuestionSetDigest.Of([one, Question("b", "Q", "No")], _ => Picture),
            QuestionSetDigest.Of([one, two], key => key == "b" ? new byte[] { 1, 2 } : Picture),
        ];

        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void ImageKeys_NamedTwice_AreListedOnceInTheirFirstOrder() =>
        Assert.Equal(["b", "a"], QuestionSetDigest.ImageKeys([Question("b", "Q", "1"), Question("a", "Q", "2"), Question("b", "R", "3")]).AsEnumerable());

    private static SetQuestion Question(string image, string question, string answer) =>
        new() { Image = image, Question = question, Answer = answer, Type = "exist" };

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)bytes.Length, 0, 0, 0, .. bytes];
    }
}
