namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Names how G-Search finds the smallest count of one layer.</summary>
internal enum InnerSearch
{
    /// <summary>Bisection on the counts; exact where more tokens never lose more.</summary>
    Bisect,

    /// <summary>One-dimensional Bayesian optimisation within the bracket, bisection once trials run short.</summary>
    Bo,
}
