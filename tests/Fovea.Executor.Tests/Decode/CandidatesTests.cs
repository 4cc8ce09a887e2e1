using Fovea.Executor.Decode;

namespace Fovea.Executor.Tests.Decode;

public sealed class CandidatesTests
{
    [Fact]
    public void Best_RandomLogits_EqualsTheSortedStart()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var logits = Enumerable.Range(0, random.Next(1, 60)).Select(_ => (float)random.Next(12)).ToArray();
            var count = random.Next(0, 70);

            var best = Candidates.Best(logits, count);

            Assert.Equal(
                Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).ThenBy(id => id).Take(count),
                best.Select(candidate => candidate.Id));
        }
    }
}
