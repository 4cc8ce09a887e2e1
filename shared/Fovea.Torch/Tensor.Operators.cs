#pragma warning disable CA2225 // The named alternates are add, sub, mul, div and neg, as in PyTorch.

namespace Fovea.Torch;

/// <content>Operators; each has a named method of the same meaning.</content>
public sealed partial class Tensor
{
    /// <summary>Adds two tensors, broadcast.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

    /// <summary>Adds a tensor and a number.</summary>
    public static Tensor operator +(Tensor left, double right) => left.add(right);

    /// <summary>Adds a tensor and a whole number.</summary>
    public static Tensor operator +(Tensor left, long right) => left.add(right);

    /// <summary>Adds a number and a tensor.</summary>
    public static Tensor operator +(double left, Tensor right) => right.add(left);

    /// <summary>Subtracts two tensors, broadcast.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

    /// <summary>Subtracts a tensor and a number.</summary>
    public static Tensor operator -(Tensor left, double right) => left.sub(right);

    /// <summary>Subtracts a tensor and a whole number.</summary>
    public static Tensor operator -(Tensor left, long right) => left.sub(right);

    /// <summary>Multiplies two tensors, broadcast.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

    /// <summary>Multiplies a tensor and a number.</summary>
    public static Tensor operator *(Tensor left, double right) => left.mul(right);

    /// <summary>Multiplies a tensor and a whole number.</summary>
    public static Tensor operator *(Tensor left, long right) => left.mul(right);

    /// <summary>Multiplies a number and a tensor.</summary>
    public static Tensor operator *(double left, Tensor right) => right.mul(left);

    /// <summary>Divides two tensors, broadcast.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

    /// <summary>Divides a tensor and a number.</summary>
    public static Tensor operator /(Tensor left, double right) => left.div(right);

    /// <summary>Divides a tensor and a whole number.</summary>
    public static Tensor operator /(Tensor left, long right) => left.div(right);

    /// <summary>Negates a tensor.</summary>
    public static Tensor operator -(Tensor operand) => operand.neg();
}
