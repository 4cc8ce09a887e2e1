using static Fovea.Torch.Interop.NativeApi;

namespace Fovea.Torch;

/// <content>Layers as functions.</content>
public static partial class torch
{
    /// <summary>Gathers what networks are made of.</summary>
    public static class nn
    {
        /// <summary>Gathers layers as functions of their inputs and weights.</summary>
        public static class functional
        {
            /// <summary>Gives x Wᵀ + b.</summary>
            /// <param name="input">[..., in].</param>
            /// <param name="weight">[out, in].</param>
            /// <param name="bias">[out], or null.</param>
            /// <returns>[..., out].</returns>
            public static Tensor linear(Tensor input, Tensor weight, Tensor? bias = null)
                => Tensor.Wrap(ft_linear(input.Handle, weight.Handle, bias?.Handle ?? 0), input, weight, bias);

            /// <summary>Looks rows up.</summary>
            /// <param name="indices">Any shape, int64.</param>
            /// <param name="weight">[rows, C].</param>
            /// <returns>[..., C].</returns>
            public static Tensor embedding(Tensor indices, Tensor weight)
                => Tensor.Wrap(ft_embedding(weight.Handle, indices.Handle), indices, weight);

            /// <summary>Normalises the last dimension to mean 0 and variance 1, then scales and shifts it.</summary>
            /// <param name="input">[..., C].</param>
            /// <param name="weight">[C], or null.</param>
            /// <param name="bias">[C], or null.</param>
            /// <param name="eps">Added to the variance.</param>
            public static Tensor layer_norm(Tensor input, Tensor? weight, Tensor? bias, double eps = 1e-5)
                => Tensor.Wrap(ft_layer_norm(input.Handle, weight?.Handle ?? 0, bias?.Handle ?? 0, eps), input, weight, bias);

            /// <summary>Divides the last dimension by its root mean square, accumulated in single precision, then scales it.</summary>
            /// <param name="input">[..., C].</param>
            /// <param name="weight">[C].</param>
            /// <param name="eps">Added to the mean square.</param>
            public static Tensor rms_norm(Tensor input, Tensor weight, double eps)
                => Tensor.Wrap(ft_rms_norm(input.Handle, weight.Handle, eps), input, weight);

            /// <summary>Gives rows turned by rotary angles in the half-split form of Llama, times a factor.</summary>
            /// <param name="input">[S, H, D], D even.</param>
            /// <param name="cos">[S, 1, D/2].</param>
            /// <param name="sin">[S, 1, D/2].</param>
            /// <param name="scale">Factor of the result.</param>
            /// <returns>[S, H, D].</returns>
            public static Tensor rope(Tensor input, Tensor cos, Tensor sin, double scale = 1.0)
                => Tensor.Wrap(ft_rope(input.Handle, cos.Handle, sin.Handle, scale), input, cos, sin);

            /// <summary>Gives x sigmoid(x).</summary>
            public static Tensor silu(Tensor input) => Tensor.Wrap(ft_silu(input.Handle), input);

            /// <summary>Turns x into x sigmoid(x) in place.</summary>
            /// <returns>The input.</returns>
            public static Tensor silu_(Tensor input) => input.Checked(ft_silu_(input.Handle));

            /// <summary>Turns a gate into silu(gate) * up in place, the inner part of SwiGLU.</summary>
            /// <returns>The gate.</returns>
            public static Tensor silu_mul_(Tensor gate, Tensor up) => gate.Checked(ft_silu_mul_(gate.Handle, up.Handle), up);

            /// <summary>Gives the Gaussian error linear unit.</summary>
            public static Tensor gelu(Tensor input, GeluApproximation approximate = GeluApproximation.None)
                => Tensor.Wrap(ft_gelu(input.Handle, (int)approximate), input);

            /// <summary>Gives x sigmoid(1.702 x), the unit of CLIP.</summary>
            public static Tensor quick_gelu(Tensor input) => Tensor.Wrap(ft_quick_gelu(input.Handle), input);

            /// <summary>Gives max(x, 0).</summary>
            public static Tensor relu(Tensor input) => Tensor.Wrap(ft_relu(input.Handle), input);

            /// <summary>Gives exponentials that add up to 1 along one dimension, computed in the given type.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            /// <summary>Slides filters over pictures.</summary>
            /// <param name="input">[B, in, height, width].</param>
            /// <param name="weight">[out, in, kernel height, kernel width].</param>
            /// <param name="bias">[out], or null.</param>
            /// <param name="stride">Step in both directions.</param>
            /// <param name="padding">Zeros on every side.</param>
            /// <returns>[B, out, height', width'].</returns>
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0)
                => Tensor.Wrap(
                    ft_conv2d(input.Handle, weight.Handle, bias?.Handle ?? 0, [stride, stride], [padding, padding]), input, weight, bias);

            /// <summary>Attends in one fused operation; slow for bf16 on the CPU without MKL, and absent before libtorch 2.1.</summary>
            /// <param name="query">[B, H, S, D].</param>
            /// <param name="key">[B, K, keys, D]; K divides H.</param>
            /// <param name="value">[B, K, keys, D].</param>
            /// <param name="attn_mask">Added to the products, or true where a key is seen; null for none.</param>
            /// <param name="options">Variants.</param>
            /// <returns>[B, H, S, D].</returns>
            /// <exception cref="TorchException">libtorch has no such operation: see <see cref="HasScaledDotProductAttention"/>.</exception>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, AttentionOptions options = default)
            {
                var result = Tensor.Wrap(
                    ft_sdpa(
                        query.Handle, key.Handle, value.Handle, attn_mask?.Handle ?? 0, options.IsCausal ? 1 : 0, options.Scale ?? 0),
                    query,
                    key,
                    value);
                GC.KeepAlive(attn_mask);
                return result;
            }

            /// <summary>Gives the mean negative log-likelihood of classes.</summary>
            /// <param name="input">[n, classes], before the softmax.</param>
            /// <param name="target">[n] int64.</param>
            public static Tensor cross_entropy(Tensor input, Tensor target)
                => Tensor.Wrap(ft_cross_entropy(input.Handle, target.Handle), input, target);

            /// <summary>Gives the summed Kullback-Leibler divergence of probabilities from log-probabilities.</summary>
            /// <param name="input">Log-probabilities.</param>
            /// <param name="target">Probabilities of the same shape.</param>
            public static Tensor kl_div(Tensor input, Tensor target)
                => Tensor.Wrap(ft_kl_div(input.Handle, target.Handle), input, target);
        }
    }
}
