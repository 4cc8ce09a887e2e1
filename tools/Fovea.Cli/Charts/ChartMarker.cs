namespace Fovea.Cli.Charts;

/// <summary>Names the forms of markers.</summary>
internal enum ChartMarker
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A triangle on its base.</summary>
    Triangle,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>A triangle on its tip.</summary>
    TriangleDown,

    /// <summary>An upright cross.</summary>
    Plus,

    /// <summary>A cross of diagonals.</summary>
    Cross,
}
