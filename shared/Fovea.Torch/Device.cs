using System.Globalization;
using System.Runtime.InteropServices;

namespace Fovea.Torch;

/// <summary>Names one device; the default value is the processor.</summary>
/// <param name="Type">Kind of device.</param>
/// <param name="Index">Number among its kind, from 0; always 0 for the processor.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Device(DeviceType Type, int Index = 0)
{
    /// <summary>Gets the number as libtorch wants it: the processor has none.</summary>
    internal int NativeIndex => Type == DeviceType.CPU ? -1 : Index;

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    /// <exception cref="FormatException">The text is none of them.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var device)
            ? device
            : throw new FormatException($"'{text}' is no device. Write cpu, cuda or cuda:N.");
    }

    /// <summary>Reads <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>; false when the text is none of them.</summary>
    public static bool TryParse(string? text, out Device device)
    {
        device = default;
        if (text is "cpu" or "cuda")
        {
            device = new Device(text == "cpu" ? DeviceType.CPU : DeviceType.CUDA);
            return true;
        }

        const string prefix = "cuda:";
        if (text is null
            || !text.StartsWith(prefix, StringComparison.Ordinal)
            || !int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        device = new Device(DeviceType.CUDA, index);
        return true;
    }

    /// <summary>Writes <c>cpu</c> or <c>cuda:N</c>.</summary>
    public override string ToString() => Type == DeviceType.CPU ? "cpu" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}");
}
