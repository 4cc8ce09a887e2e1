using Fovea.Executor.Runtime;
using Fovea.Executor.Text.SentencePiece;

namespace Fovea.Executor.Tests.Text;

public sealed class PieceModelReaderTests
{
    [Fact]
    public void Read_GoodFile_GivesPiecesAndRules()
    {
        var faults = new FaultList();

        var model = PieceModelReader.Read(PieceFile.WithMarks().AddBytes().Add("▁a", -1.5f).Trainer(true, true).Normalizer(false, true).ToArray(), faults);

        Assert.Empty(faults.Items);
        Assert.Equal(260, model!.Pieces.Count);
        Assert.Equal(new Piece("▁a", -1.5f, PieceKind.Normal), model.Pieces[^1]);
        Assert.True(model is { IsBpe: true, ByteFallback: true, UnknownId: 0, Rules: { AddDummyPrefix: false, RemoveExtraWhitespaces: true } });
    }

    [Fact]
    public void Read_FaultyParts_NamesThem()
    {
        AssertFault("piece 3 has the score NaN", PieceFile.WithMarks().Add("a", float.NaN));
        AssertFault("piece 4 is \"a\" as an earlier one is", PieceFile.WithMarks().Add("a", 0).Add("a", 1));
        AssertFault("piece 3 is of the unknown kind 9", PieceFile.WithMarks().Add("a", 0, (PieceKind)9));
        AssertFault("piece 3 has 0 characters", PieceFile.WithMarks().Add(string.Empty, 0));
        AssertFault("piece 3 has 257 characters", PieceFile.WithMarks().Add(new string('a', 257), 0));
        AssertFault("piece 3 is \"x\" where the piece of a byte", PieceFile.WithMarks().Add("x", 0, PieceKind.Byte));
        AssertFault("piece 3 is switched off", PieceFile.WithMarks().Add("x", 0, PieceKind.Unused).Trainer(isBpe: true));
        AssertFault("0 pieces are for unknown text", new PieceFile().Add("a", 0));
        AssertFault("byte_fallback is set and 0 of 256 bytes", PieceFile.WithMarks().Trainer(isBpe: true, byteFallback: true));
        AssertFault("treat_whitespace_as_suffix", PieceFile.WithMarks().Trainer(isBpe: true, suffix: true));
        AssertFault("precompiled_charsmap is damaged", PieceFile.WithMarks().Normalizer(true, true, [9, 9, 9, 9, 9]));
    }

    [Fact]
    public void Read_TruncatedFile_IsRefused()
    {
        var file = PieceFile.WithMarks().Add("abc", -1).ToArray();
        var faults = new FaultList();

        Assert.Null(PieceModelReader.Read(file.AsSpan(0, file.Length - 3), faults));
        Assert.Contains(faults.Items, fault => fault.Contains("damaged", StringComparison.Ordinal));
    }

    private static void AssertFault(string expected, PieceFile file)
    {
        var faults = new FaultList();

        Assert.Null(PieceModelReader.Read(file.ToArray(), faults));
        Assert.Contains(faults.Items, fault => fault.Contains(expected, StringComparison.Ordinal));
    }
}
