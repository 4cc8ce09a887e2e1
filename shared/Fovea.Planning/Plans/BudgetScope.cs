namespace Fovea.Planning.Plans;

/// <summary>Names among which vision tokens of a request with several images the keep rates choose. The numbers are part of the plan digest.</summary>
public enum BudgetScope
{
    /// <summary>The tokens of all images are ranked together.</summary>
    Pooled = 0,

    /// <summary>Each image keeps its own share and its own floor; tiles and thumbnail of an image belong together.</summary>
    PerImage = 1,
}
