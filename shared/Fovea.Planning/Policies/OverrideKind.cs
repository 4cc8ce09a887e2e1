namespace Fovea.Planning.Policies;

/// <summary>Names one kind of <see cref="PlanOverride"/>.</summary>
public enum OverrideKind
{
    /// <summary>Everything is kept.</summary>
    Full,

    /// <summary>Another policy serves.</summary>
    Policy,

    /// <summary>A stored schedule serves.</summary>
    Schedule,

    /// <summary>Rates serve that the request brings.</summary>
    Rates,

    /// <summary>A budget is met that the request brings.</summary>
    Budget,

    /// <summary>A written schedule serves that the request brings.</summary>
    Spec,
}
