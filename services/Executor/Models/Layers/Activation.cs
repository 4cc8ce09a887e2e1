namespace Fovea.Executor.Models.Layers;

/// <summary>Activation functions that configurations name.</summary>
internal enum Activation
{
    /// <summary>x · σ(x).</summary>
    Silu,

    /// <summary>x · σ(1.702 x), OpenAI's CLIP.</summary>
    QuickGelu,

    /// <summary>The exact Gaussian error form.</summary>
    Gelu,

    /// <summary>The tanh approximation.</summary>
    GeluTanh,
}
