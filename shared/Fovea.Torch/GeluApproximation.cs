namespace Fovea.Torch;

/// <summary>Names the two forms of the Gaussian error linear unit.</summary>
public enum GeluApproximation
{
    /// <summary>By the error function.</summary>
    None = 0,

    /// <summary>By the hyperbolic tangent.</summary>
    Tanh = 1,
}
