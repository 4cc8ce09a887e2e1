using System.Runtime.InteropServices;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>One piece of a SentencePiece model; its id is its place.</summary>
/// <param name="Content">How it is written.</param>
/// <param name="Score">Log probability, or for BPE the negative rank; finite.</param>
/// <param name="Kind">What it is for.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Piece(string Content, float Score, PieceKind Kind);
