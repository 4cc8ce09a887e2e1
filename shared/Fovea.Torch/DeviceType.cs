namespace Fovea.Torch;

/// <summary>Names the kinds of devices in use; the values are libtorch's own.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>A CUDA graphics processor.</summary>
    CUDA = 1,
}
