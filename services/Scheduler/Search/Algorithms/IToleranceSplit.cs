namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Says how much of the tolerance may be used up once a layer is searched.</summary>
internal interface IToleranceSplit
{
    /// <summary>Gets the word it is chosen by.</summary>
    string Name { get; }

    /// <summary>Returns a share in [0, 1] that never falls from layer to layer.</summary>
    /// <param name="layer">The layer searched, <paramref name="first"/> .. <paramref name="layers"/> - 1.</param>
    /// <param name="first">The first layer searched.</param>
    /// <param name="layers">Layers of the model.</param>
    double Share(int layer, int first, int layers);
}
