using Fovea.Contracts.V1;

namespace Fovea.Contracts.Snapshots;

/// <summary>Names one resource of a snapshot.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Name of the policy, id of the schedule, or model of the table.</param>
public readonly record struct ResourceKey(ResourceKind Kind, string Name)
{
    /// <summary>Returns the key that a message names.</summary>
    public static ResourceKey Of(ResourceName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ResourceKey(name.Kind, name.Name);
    }

    /// <summary>Returns the message.</summary>
    public ResourceName ToProto() => new() { Kind = Kind, Name = Name };
}
