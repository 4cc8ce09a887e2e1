namespace Fovea.Planning.Plans;

/// <summary>Names what orders the vision tokens before a drop. The numbers are part of the plan digest.</summary>
public enum TokenScorer
{
    /// <summary>The mean over all text tokens after the last vision token.</summary>
    Instruction = 0,

    /// <summary>The last token of the prompt.</summary>
    Last = 1,

    /// <summary>The last token of the prompt, by norm, queries and keys of the layer the tokens are dropped before (PyramidDrop).</summary>
    NextLast = 2,

    /// <summary>The mean over the text tokens whose embeddings are most alike to the vision tokens (SparseVLM).</summary>
    Raters = 3,

    /// <summary>No attention: an order drawn from the plan's seed.</summary>
    Random = 4,

    /// <summary>
    /// Half of the kept tokens as <see cref="Instruction"/> ranks them, half spread evenly over the image; these weigh as many as
    /// they stand for.
    /// </summary>
    Coverage = 5,
}
