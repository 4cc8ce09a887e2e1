using Fovea.Executor.Decode;

namespace Fovea.Executor.Tests.Decode;

public sealed class TokenSamplerTests
{
    private static readonly float[] Logits = [1f, 3f, 2f, 3f, float.NegativeInfinity];

    [Fact]
    public void Sample_Greedy_TakesTheFirstOfTheLargest() =>
        Assert.Equal(1, new TokenSampler(new SamplingOptions()).Sample(Logits).Id);

    [Fact]
    public void Sample_TopKOne_IsGreedyAtAnyTemperature() =>
        Assert.Equal(1, new TokenSampler(new SamplingOptions { Temperature = 9, TopK = 1 }).Sample(Logits).Id);

    [Fact]
    public void Sample_SameSeed_GivesTheSameTokens()
    {
        var options = new SamplingOptions { Temperature = 1, Seed = 7 };

        Assert.Equal(Draws(options, Logits, 200), Draws(options, Logits, 200));
        Assert.NotEqual(Draws(options, Logits, 200), Draws(options with { Seed = 8 }, Logits, 200));
    }

    [Fact]
    public void Sample_Temperature_FollowsTheSoftmax()
    {
        const int count = 40_000;
        const double temperature = 0.7;
        var draws = Draws(new SamplingOptions { Temperature = temperature, Seed = 3 }, Logits, count);
        var weights = Logits.Select(logit => Math.Exp(logit / temperature)).ToArray();

        for (var id = 0; id < Logits.Length; id++)
        {
            Assert.Equal(weights[id] / weights.Sum(), draws.Count(draw => draw == id) / (double)count, 0.01);
        }

        Assert.DoesNotContain(4, draws);
    }

    [Fact]
    public void Sample_TopK_DrawsOnlyTheBest()
    {
        var draws = Draws(new SamplingOptions { Temperature = 5, TopK = 3, Seed = 1 }, Logits, 2000);

        Assert.Equal([1, 2, 3], draws.Distinct().Order());
    }

    [Theory]
    [InlineData(0.1, "1")]
    [InlineData(0.43, "1,3")]
    [InlineData(0.85, "1,2,3")]
    [InlineData(0.99, "0,1,2,3")]
    public void Sample_TopP_DrawsTheSmallestSetOfTheShare(double topP, string expected)
    {
        // Shares of 3, 3, 2, 1: 0.399, 0.399, 0.147, 0.054.
        var draws = Draws(new SamplingOptions { Temperature = 1, TopP = topP, Seed = 1 }, Logits, 4000);

        Assert.Equal(expected, string.Join(',', draws.Distinct().Order()));
    }

    [Fact]
    public void Sample_TopP_EqualsTheFullySortedCut()
    {
        var random = new Random(2);
        for (var round = 0; round < 50; round++)
        {
            var logits = Enumerable.Range(0, 200).Select(_ => (float)(random.NextDouble() * 6)).ToArray();
            var topP = 0.05 + (random.NextDouble() * 0.9);
            var allowed = Nucleus(logits, topP);

            var draws = Draws(new SamplingOptions { Temperature = 1, TopP = topP, Seed = (ulong)round }, logits, 60);

            Assert.Subset(allowed, draws.ToHashSet());
        }
    }

    [Fact]
    public void Sample_LogProbs_AreThoseOfTheModel()
    {
        var token = new TokenSampler(new SamplingOptions { LogProbs = 3 }).Sample(Logits);
        var normalizer = Math.Log(Logits.Sum(logit => Math.Exp(logit)));

        Assert.Equal(3 - normalizer, token.LogProb!.Value, 1e-9);
        Assert.Equal([1, 3, 2], token.Alternatives.Select(alternative => alternative.Id));
        Assert.Equal(2 - normalizer, token.Alternatives[2].LogProb, 1e-9);
    }

    [Fact]
    public void Sample_NoLogProbsAsked_GivesNone()
    {
        var token = new TokenSampler(new SamplingOptions()).Sample(Logits);

        Assert.Null(token.LogProb);
        Assert.Empty(token.Alternatives);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Sample_LogitThatIsNoNumber_Throws(float bad)
    {
        var error = Assert.Throws<LogitsException>(() => new TokenSampler(new SamplingOptions()).Sample([0f, bad]));

        Assert.Contains("token 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_NoFiniteLogit_Throws()
    {
        Assert.Throws<LogitsException>(() => new TokenSampler(new SamplingOptions()).Sample([float.NegativeInfinity]));
        Assert.Throws<LogitsException>(() => new TokenSampler(new SamplingOptions()).Sample([]));
    }

    private static List<int> Draws(SamplingOptions options, float[] logits, int count)
    {
        var sampler = new TokenSampler(options);
        return [.. Enumerable.Range(0, count).Select(_ => sampler.Sample(logits).Id)];
    }

    private static HashSet<int> Nucleus(float[] logits, double topP)
    {
        var total = logits.Sum(logit => Math.Exp(logit));
        var share = 0.0;
        var allowed = new HashSet<int>();
        foreach (var id in Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]))
        {
            if (share >= topP)
            {
                break;
            }

            allowed.Add(id);
            share += Math.Exp(logits[id]) / total;
        }

        return allowed;
    }
}
