using System.Collections.Immutable;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Tests.Doubles;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Calibration;

/// <summary>An answer is given up no sooner than nothing can save it.</summary>
public sealed class AnswerWatchTests
{
    [Theory]
    [InlineData("yellow", "yellow", true)]
    [InlineData("yellow", "yellow tile", false)]
    [InlineData("ice cream", "ice cream", true)]
    [InlineData("ice cream", "ice", false)]
    [InlineData("two", "three", false)]
    public void End_WholeAnswer_CorrectIsTheTrimmedComparison(string expected, string answer, bool correct)
    {
        var watch = Watch(expected, null);

        Feed(watch, answer);
        watch.End();

        Assert.Equal(correct, watch.Correct);
        Assert.Equal(watch.Text.Trim() == expected, watch.Correct);
    }

    [Fact]
    public void IsOpen_EveryBeginningOfEveryAnswer_ClosesOnlyWhereTheWholeIsWrong()
    {
        string[] texts = ["yes", "no", "yellow", "ice cream", "ice", "two", "three tiles", string.Empty];

        foreach (var (expected, answer) in from expected in texts from answer in texts select (expected, answer))
        {
            var whole = Watch(expected, null);
            Feed(whole, answer);
            whole.End();
            var early = Watch(expected, null);
            foreach (var id in Ids(answer).TakeWhile(_ => early.IsOpen))
            {
                early.Push(id);
            }

            early.End();
            Assert.True(whole.Correct == early.Correct, $"'{answer}' for '{expected}'");
        }
    }

    [Theory]
    [InlineData(new[] { 5, 6 }, new[] { 5, 6 }, true)]
    [InlineData(new[] { 5, 6 }, new[] { 5 }, false)]
    [InlineData(new[] { 5, 6 }, new[] { 5, 6, 7 }, false)]
    [InlineData(new[] { 5, 6 }, new[] { 4 }, false)]
    public void End_Reference_AgreesWhenAllIdsAreEqual(int[] reference, int[] ids, bool agrees)
    {
        var watch = Watch(null, [.. reference]);

        foreach (var id in ids)
        {
            watch.Push(id);
        }

        watch.End();
        Assert.Equal(agrees, watch.Agrees);
    }

    private static AnswerWatch Watch(string? expected, ImmutableArray<int>? reference) =>
        new(TestExecutor.Tokenizer.StartDecoding(skipSpecialTokens: true), expected, reference);

    private static int[] Ids(string text) => TestExecutor.Tokenizer.Encode(new PromptParts([new PromptPart.Text(text)]), addSpecialTokens: false);

    private static void Feed(AnswerWatch watch, string text)
    {
        foreach (var id in Ids(text))
        {
            watch.Push(id);
        }
    }
}
