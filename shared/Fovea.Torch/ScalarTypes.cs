namespace Fovea.Torch;

/// <summary>Relates element types to sizes and to .NET types.</summary>
public static class ScalarTypes
{
    /// <summary>Gives the bytes of one element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value names no element type.</exception>
    public static int SizeInBytes(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type."),
    };

    /// <summary>Tells whether the type holds fractions.</summary>
    public static bool IsFloatingPoint(this ScalarType type)
        => type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>Gives the element type that stores a .NET type.</summary>
    /// <exception cref="NotSupportedException">No element type stores it; bfloat16 has no .NET type and travels as <see cref="ushort"/> bits.</exception>
    public static ScalarType Of<T>()
        where T : unmanaged
        => Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Single => ScalarType.Float32,
            TypeCode.Int64 => ScalarType.Int64,
            TypeCode.Boolean => ScalarType.Bool,
            TypeCode.Byte => ScalarType.Byte,
            TypeCode.Int32 => ScalarType.Int32,
            TypeCode.Double => ScalarType.Float64,
            TypeCode.Int16 => ScalarType.Int16,
            TypeCode.SByte => ScalarType.Int8,
            TypeCode.UInt16 => ScalarType.BFloat16,
            _ when typeof(T) == typeof(Half) => ScalarType.Float16,
            _ => throw new NotSupportedException($"No tensor element type stores {typeof(T)}."),
        };

    /// <summary>Tells whether elements of this type can be read as a .NET type; <see cref="ushort"/> reads the bits of both 16-bit floats.</summary>
    public static bool IsStoredAs<T>(this ScalarType type)
        where T : unmanaged
        => Of<T>() == type || (typeof(T) == typeof(ushort) && type == ScalarType.Float16);
}
