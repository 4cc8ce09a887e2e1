using System.Buffers.Binary;
using System.Text;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Reads a tokenizer.model; whatever it cannot honour exactly is a fault, never ignored.</summary>
internal sealed class PieceModelReader
{
    /// <summary>The file's name in a checkpoint folder.</summary>
    public const string FileName = "tokenizer.model";

    /// <summary>Longest piece, in UTF-16 units.</summary>
    public const int MaxPieceLength = 256;

    private const int MaxPieces = 1 << 20;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly FaultList _faults;
    private readonly List<Piece> _pieces = [];
    private PieceModel _model = new([]);
    private bool _isFaulty;

    private PieceModelReader(FaultList faults) => _faults = faults;

    /// <summary>The model, or null with the faults.</summary>
    public static PieceModel? Read(ReadOnlySpan<byte> file, FaultList faults)
    {
        var reader = new PieceModelReader(faults);
        reader.ReadFile(file);
        reader.Check();
        return reader._isFaulty ? null : reader._model with { Pieces = reader._pieces };
    }

    private void Fault(string message)
    {
        _isFaulty = true;
        _faults.Add($"{FileName}: {message}");
    }

    private void ReadFile(ReadOnlySpan<byte> file)
    {
        var reader = new WireReader(file);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1 when _pieces.Count == MaxPieces:
                    Fault($"there are more than the {MaxPieces} pieces that are read");
                    return;
                case 1:
                    ReadPiece(reader.Bytes);
                    break;
                case 2:
                    ReadTrainer(reader.Bytes);
                    break;
                case 3:
                    ReadNormalizer(reader.Bytes);
                    break;
                case 5:
                    ReadDenormalizer(reader.Bytes);
                    break;
            }
        }

        if (reader.IsBroken)
        {
            Fault("the file is no SentencePiece model or is damaged");
        }
    }

    private void ReadPiece(ReadOnlySpan<byte> message)
    {
        var name = $"piece {_pieces.Count}";
        var reader = new WireReader(message);
        var content = string.Empty;
        var score = 0f;
        var kind = PieceKind.Normal;
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    content = ReadText(reader.Bytes, name);
                    break;
                case 2 when reader.Bytes.Length == sizeof(float):
                    score = BinaryPrimitives.ReadSingleLittleEndian(reader.Bytes);
                    break;
                case 3:
                    kind = (PieceKind)(int)Math.Min(reader.Varint, int.MaxValue);
                    break;
            }
        }

        if (reader.IsBroken)
        {
            Fault($"{name} is damaged");
        }
        else if (!float.IsFinite(score))
        {
            Fault($"{name} has the score {score}");
        }
        else if (!Enum.IsDefined(kind))
        {
            Fault($"{name} is of the unknown kind {(int)kind}");
        }
        else if (content.Length is 0 or > MaxPieceLength)
        {
            Fault($"{name} has {content.Length} characters, outside [1, {MaxPieceLength}]");
        }

        _pieces.Add(new Piece(content, score, kind));
    }

    private void ReadTrainer(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var kind = 1UL;
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 3:
                    kind = reader.Varint;
                    break;
                case 24 when reader.Flag:
                    Fault("treat_whitespace_as_suffix is set, which is not supported");
                    break;
                case 35:
                    _model = _model with { ByteFallback = reader.Flag };
                    break;
                case 44:
                    _model = _model with { UnknownSurface = ReadText(reader.Bytes, "unk_surface") };
                    break;
            }
        }

        _model = _model with { IsBpe = kind == 2 };
        if (kind is not (1 or 2))
        {
            Fault($"the model type is {kind}; only 1 (unigram) and 2 (BPE) are supported");
        }

        CheckWhole(reader, "trainer_spec");
    }

    private void ReadNormalizer(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        var rules = new NormalizerRules();
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 2 when reader.Bytes.Length > 0:
                    rules = rules with { Map = CharacterMap.Read(reader.Bytes) };
                    if (rules.Map is null)
                    {
                        Fault("normalizer_spec.precompiled_charsmap is damaged");
                    }

                    break;
                case 3:
                    rules = rules with { AddDummyPrefix = reader.Flag };
                    break;
                case 4:
                    rules = rules with { RemoveExtraWhitespaces = reader.Flag };
                    break;
                case 5:
                    rules = rules with { EscapeWhitespaces = reader.Flag };
                    break;
            }
        }

        _model = _model with { Rules = rules };
        CheckWhole(reader, "normalizer_spec");
    }

    private void ReadDenormalizer(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        while (reader.Read())
        {
            if (reader.Field == 2 && reader.Bytes.Length > 0)
            {
                Fault("denormalizer_spec has a charsmap, which is not supported");
            }
        }

        CheckWhole(reader, "denormalizer_spec");
    }

    private void Check()
    {
        var contents = new HashSet<string>(StringComparer.Ordinal);
        var unknown = 0;
        var bytes = new HashSet<byte>();
        for (var id = 0; id < _pieces.Count; id++)
        {
            var piece = _pieces[id];
            unknown += piece.Kind == PieceKind.Unknown ? 1 : 0;
            if (piece.Content.Length > 0 && !contents.Add(piece.Content))
            {
                Fault($"piece {id} is \"{piece.Content}\" as an earlier one is");
            }

            if (piece.Kind == PieceKind.Unused && _model.IsBpe)
            {
                Fault($"piece {id} is switched off, which is not supported for BPE");
            }

            if (piece.Kind == PieceKind.Byte && (!ByteTokens.TryParse(piece.Content, out var value) || !bytes.Add(value)))
            {
                Fault($"piece {id} is \"{piece.Content}\" where the piece of a byte is needed");
            }
        }

        if (unknown != 1)
        {
            Fault($"{unknown} pieces are for unknown text where one is needed");
        }

        if (_model.ByteFallback && bytes.Count != byte.MaxValue + 1)
        {
            Fault($"byte_fallback is set and {bytes.Count} of 256 bytes have a piece");
        }
    }

    private void CheckWhole(WireReader reader, string name)
    {
        if (reader.IsBroken)
        {
            Fault($"{name} is damaged");
        }
    }

    private string ReadText(ReadOnlySpan<byte> utf8, string name)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            Fault($"{name} is not valid UTF-8");
            return "?";
        }
    }
}
