namespace Fovea.Executor.Text.PreTokenizers;

/// <summary>Before which pieces the replacement of a space is put.</summary>
internal enum PrependScheme
{
    /// <summary>Before every piece that does not begin with it.</summary>
    Always,

    /// <summary>Before a piece at the very start of the input only.</summary>
    First,

    /// <summary>Nowhere.</summary>
    Never,
}
