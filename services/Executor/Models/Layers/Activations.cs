using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.Layers;

/// <summary>Reads the names that configurations give to activation functions.</summary>
internal static class Activations
{
    /// <summary>The activation named by a field, or <paramref name="fallback"/> when it is missing; an unknown name is a fault.</summary>
    public static Activation Read(JsonObjectReader reader, string field, Activation fallback)
    {
        var name = reader.String(field, null);
        switch (name)
        {
            case null:
                return fallback;
            case "silu" or "swish":
                return Activation.Silu;
            case "quick_gelu":
                return Activation.QuickGelu;
            case "gelu" or "gelu_python":
                return Activation.Gelu;
            case "gelu_new" or "gelu_pytorch_tanh":
                return Activation.GeluTanh;
            default:
                reader.Fault(field, $"is \"{name}\", none of silu, quick_gelu, gelu, gelu_new, gelu_pytorch_tanh");
                return fallback;
        }
    }
}
