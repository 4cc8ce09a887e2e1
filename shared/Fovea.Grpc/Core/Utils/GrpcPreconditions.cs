namespace Grpc.Core.Utils;

/// <summary>Checks of arguments and state.</summary>
public static class GrpcPreconditions
{
    /// <summary>Throws <see cref="ArgumentException"/> unless the condition holds.</summary>
    public static void CheckArgument(bool condition)
    {
        if (!condition)
        {
            throw new ArgumentException("An argument is not valid.", nameof(condition));
        }
    }

    /// <summary>Throws <see cref="ArgumentException"/> with this message unless the condition holds.</summary>
    public static void CheckArgument(bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new ArgumentException(errorMessage, nameof(condition));
        }
    }

    /// <summary>Throws <see cref="ArgumentNullException"/> for null, else hands the reference back.</summary>
    public static T CheckNotNull<T>(T reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference;
    }

    /// <summary>Throws <see cref="ArgumentNullException"/> naming the parameter for null, else hands the reference back.</summary>
    public static T CheckNotNull<T>(T reference, string paramName)
    {
        ArgumentNullException.ThrowIfNull(reference, paramName);
        return reference;
    }

    /// <summary>Throws <see cref="InvalidOperationException"/> unless the condition holds.</summary>
    public static void CheckState(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException();
        }
    }

    /// <summary>Throws <see cref="InvalidOperationException"/> with this message unless the condition holds.</summary>
    public static void CheckState(bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new InvalidOperationException(errorMessage);
        }
    }
}
