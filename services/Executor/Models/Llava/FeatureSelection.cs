namespace Fovea.Executor.Models.Llava;

/// <summary>Which rows of the vision tower become vision tokens.</summary>
internal enum FeatureSelection
{
    /// <summary>The patches, without the class row (<c>default</c>).</summary>
    Patches,

    /// <summary>The class row and the patches (<c>full</c>).</summary>
    All,
}
