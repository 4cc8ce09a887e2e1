namespace Fovea.Executor.Runtime;

/// <summary>Element types that a safetensors file can hold.</summary>
internal enum TensorDType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned, 8 bits.</summary>
    U8,

    /// <summary>Signed, 8 bits.</summary>
    I8,

    /// <summary>Unsigned, 16 bits.</summary>
    U16,

    /// <summary>Signed, 16 bits.</summary>
    I16,

    /// <summary>Unsigned, 32 bits.</summary>
    U32,

    /// <summary>Signed, 32 bits.</summary>
    I32,

    /// <summary>Unsigned, 64 bits.</summary>
    U64,

    /// <summary>Signed, 64 bits.</summary>
    I64,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of single precision.</summary>
    BF16,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>IEEE double precision.</summary>
    F64,

    /// <summary>Eight bits, four of exponent.</summary>
    F8E4M3,

    /// <summary>Eight bits, five of exponent.</summary>
    F8E5M2,
}
