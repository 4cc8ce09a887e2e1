namespace Fovea.Executor.Text.SentencePiece;

/// <summary>What a piece of a SentencePiece model is for; the values are those of the file.</summary>
internal enum PieceKind
{
    /// <summary>Learnt text.</summary>
    Normal = 1,

    /// <summary>Stands for what no other piece covers.</summary>
    Unknown = 2,

    /// <summary>A control token: never made from text, and no text when decoded.</summary>
    Control = 3,

    /// <summary>A symbol that is always one piece where it stands in text.</summary>
    UserDefined = 4,

    /// <summary>A piece that is switched off.</summary>
    Unused = 5,

    /// <summary>One byte of a character that has no piece.</summary>
    Byte = 6,
}
