namespace Grpc.Core;

/// <summary>What is known of a method without its message types.</summary>
public interface IMethod
{
    /// <summary>The kind of its calls.</summary>
    MethodType Type { get; }

    /// <summary>The full name of its service, for instance <c>pkg.Greeter</c>.</summary>
    string ServiceName { get; }

    /// <summary>Its own name.</summary>
    string Name { get; }

    /// <summary>Its path on the wire, for instance <c>/pkg.Greeter/SayHello</c>.</summary>
    string FullName { get; }
}
