namespace Fovea.Planning.Plans;

/// <summary>Names what becomes of position ids after a drop. The numbers are part of the plan digest.</summary>
public enum PositionMode
{
    /// <summary>Tokens keep their original position ids.</summary>
    Keep = 0,

    /// <summary>The tokens left in a layer are numbered 0, 1, 2, ...</summary>
    Renumber = 1,
}
