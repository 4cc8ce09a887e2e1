using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Tests.Text;

public sealed class MergeQueueTests
{
    [Fact]
    public void TryTake_RandomOffers_GivesLeastRankThenLeftmost()
    {
        var random = new Random(6);
        for (var round = 0; round < 200; round++)
        {
            var queue = new MergeQueue();
            var expected = new List<(int Rank, int Position)>();
            for (var step = 0; step < 120; step++)
            {
                if (random.Next(3) > 0)
                {
                    var offer = (random.Next(5), random.Next(50));
                    queue.Offer(offer.Item1, offer.Item2);
                    expected.Add(offer);
                }
                else if (expected.Count > 0)
                {
                    Assert.True(queue.TryTake(out var rank, out var position));
                    Assert.Equal(expected.Min(), (rank, position));
                    expected.Remove((rank, position));
                }
            }

            expected.Sort();
            Assert.All(expected, offer => Assert.True(queue.TryTake(out var rank, out var position) && offer == (rank, position)));
            Assert.False(queue.TryTake(out _, out _));
        }
    }
}
