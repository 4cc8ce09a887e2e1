namespace Fovea.Executor.Runtime;

/// <summary>Names and sizes of <see cref="TensorDType"/>, as safetensors writes them.</summary>
internal static class TensorDTypes
{
    private static readonly string[] Names =
        ["BOOL", "U8", "I8", "U16", "I16", "U32", "I32", "U64", "I64", "F16", "BF16", "F32", "F64", "F8_E4M3", "F8_E5M2"];

    private static readonly int[] Sizes = [1, 1, 1, 2, 2, 4, 4, 8, 8, 2, 2, 4, 8, 1, 1];

    /// <summary>All names, for messages.</summary>
    public static string All => string.Join(", ", Names);

    /// <summary>Bytes of one element.</summary>
    public static int Size(this TensorDType type) => Sizes[(int)type];

    /// <summary>The name in a safetensors header.</summary>
    public static string Name(this TensorDType type) => Names[(int)type];

    /// <summary>The type of that name, or false.</summary>
    public static bool TryParse(string name, out TensorDType type)
    {
        var index = Array.IndexOf(Names, name);
        type = (TensorDType)Math.Max(index, 0);
        return index >= 0;
    }
}
