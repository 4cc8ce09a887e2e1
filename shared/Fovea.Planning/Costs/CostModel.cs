using System.Collections.Immutable;
using Fovea.Planning.Plans;
using Fovea.Planning.Shapes;

namespace Fovea.Planning.Costs;

/// <summary>Counts what a prefill with given keep counts costs.</summary>
/// <remarks>
/// With d hidden, q and d_kv the widths of all query and key heads, m FFN, x_l = n_l + t tokens in layer l:
/// <code>
/// paper     layer 2(2dq + 2d d_kv + 3dm) x_l + 4q x_l^2          head 2d|V| x_L
/// executed  layer 2(2dq + 2d d_kv + 3dm) x_l + 4q x_l(x_l+1)/2   head 2d|V|
///           ranking before layer l, if 0 &lt; n_l &lt; n_(l-1):        2q rows x_(l-1)
///             next-last adds the next layer's projections     2dq rows + 2d d_kv x_(l-1)
///             raters add, once, the choice of the raters      2d n_0 t
///             random                                          0
/// </code>
/// A drop to no vision tokens needs no order and therefore no ranking. Everything of the language model follows the counts,
/// so tokens averaged before layer 0 are paid for by the encoder and projector alone. The next layer computes its keys
/// again for the rows that are left, which its own line counts; norms are not counted here, as nowhere else.
/// </remarks>
public static class CostModel
{
    /// <summary>
    /// Counts the cost with every text token taken as a ranking row, an upper bound; see <see cref="TokenLayout"/> for the
    /// exact form.
    /// </summary>
    public static CostBreakdown Evaluate(ModelShape shape, ReadOnlySpan<int> counts, int visionTokens, int textTokens, CostAccounting accounting) =>
        Evaluate(shape, counts, TokenLayout.UpperBound(visionTokens, textTokens), accounting);

    /// <summary>Counts the cost of one prefill.</summary>
    /// <param name="shape">Sizes of the model.</param>
    /// <param name="counts">Vision tokens entering each layer, one number per layer.</param>
    /// <param name="layout">Token counts of the request.</param>
    /// <param name="accounting">The rule of counting.</param>
    public static CostBreakdown Evaluate(ModelShape shape, ReadOnlySpan<int> counts, TokenLayout layout, CostAccounting accounting)
    {
        Check(shape, counts, layout);

        var language = shape.Language;
        var layers = ImmutableArray.CreateBuilder<double>(counts.Length);
        foreach (var count in counts)
        {
            layers.Add(Layer(language, count + layout.TextTokens, accounting));
        }

        return new CostBreakdown
        {
            Accounting = accounting,
            Vision = VisionCost.Encoder(shape.Vision, layout.VisionTokens, accounting),
            Projector = VisionCost.Projector(shape.Projector, layout.VisionTokens),
            Layers = layers.MoveToImmutable(),
            Ranking = Ranking(language, counts, layout, accounting),
            Head = Head(language, counts[^1] + layout.TextTokens, accounting),
            LanguageFlops = Language(language, counts, layout, accounting),
            KvBytes = KvBytes(shape, counts, layout.TextTokens),
            MeanKeep = MeanKeep(counts, layout.VisionTokens),
        };
    }

    /// <summary>Counts the cost of a prefill that keeps everything.</summary>
    public static CostBreakdown EvaluateFull(ModelShape shape, TokenLayout layout, CostAccounting accounting)
    {
        var counts = new int[shape.Layers];
        Array.Fill(counts, layout.VisionTokens);
        return Evaluate(shape, counts, layout, accounting);
    }

    /// <summary>Returns the mean over the layers of the share of vision tokens kept; 1 if there are none.</summary>
    public static double MeanKeep(ReadOnlySpan<int> counts, int visionTokens)
    {
        if (visionTokens == 0)
        {
            return 1;
        }

        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum / ((double)counts.Length * visionTokens);
    }

    /// <summary>Returns the bytes of keys and values after the prefill.</summary>
    public static long KvBytes(ModelShape shape, ReadOnlySpan<int> counts, int textTokens)
    {
        var tokens = 0L;
        foreach (var count in counts)
        {
            tokens += count + textTokens;
        }

        return tokens * 2 * shape.Language.KvSize * shape.KvBytesPerElement;
    }

    /// <summary>Returns all FLOPs without making a breakdown, for solvers that ask often.</summary>
    internal static double Total(ModelShape shape, ReadOnlySpan<int> counts, TokenLayout layout, CostAccounting accounting) =>
        VisionCost.Encoder(shape.Vision, layout.VisionTokens, accounting)
        + VisionCost.Projector(shape.Projector, layout.VisionTokens)
        + Language(shape.Language, counts, layout, accounting);

    private static double Language(LanguageShape language, ReadOnlySpan<int> counts, TokenLayout layout, CostAccounting accounting)
    {
        var sum = Ranking(language, counts, layout, accounting) + Head(language, counts[^1] + layout.TextTokens, accounting);
        foreach (var count in counts)
        {
            sum += Layer(language, count + layout.TextTokens, accounting);
        }

        return sum;
    }

    private static double Layer(LanguageShape language, double tokens, CostAccounting accounting)
    {
        double hidden = language.HiddenSize;
        var weights = hidden * ((2.0 * language.QuerySize) + (2.0 * language.KvSize) + (3.0 * language.FfnSize));
        var pairs = accounting == CostAccounting.Paper ? tokens * tokens : tokens * (tokens + 1) / 2;
        return (2 * weights * tokens) + (4.0 * language.QuerySize * pairs);
    }

    private static double Head(LanguageShape language, double tokens, CostAccounting accounting) =>
        2.0 * language.HiddenSize * language.VocabSize * (accounting == CostAccounting.Paper ? tokens : 1);

    private static double Ranking(LanguageShape language, ReadOnlySpan<int> counts, TokenLayout layout, CostAccounting accounting)
    {
        if (accounting == CostAccounting.Paper)
        {
            return 0;
        }

        var (keys, drops) = (0L, 0);
        for (var layer = 1; layer < counts.Length; layer++)
        {
            if (counts[layer] > 0 && counts[layer] < counts[layer - 1])
            {
                keys += counts[layer - 1] + layout.TextTokens;
                drops++;
            }
        }

        var scores = 2.0 * language.QuerySize * layout.RankingRows * keys;
        return drops == 0 ? 0 : layout.Scorer switch
        {
            TokenScorer.NextLast => scores + NextProjections(language, layout.RankingRows * (double)drops, keys),
            TokenScorer.Raters => scores + (2.0 * language.HiddenSize * counts[0] * layout.TextTokens),
            TokenScorer.Random => 0,
            _ => scores,
        };
    }

    private static double NextProjections(LanguageShape language, double queries, double keys) =>
        2.0 * language.HiddenSize * ((language.QuerySize * queries) + (language.KvSize * keys));

    private static void Check(ModelShape shape, ReadOnlySpan<int> counts, TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegative(layout.VisionTokens, nameof(layout));
        ArgumentOutOfRangeException.ThrowIfNegative(layout.TextTokens, nameof(layout));
        if (counts.Length != shape.Layers)
        {
            throw new ArgumentException($"{counts.Length} counts given, but {shape.Name} has {shape.Layers} layers", nameof(counts));
        }
    }
}
