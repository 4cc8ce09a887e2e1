using System.Collections.Immutable;
using System.Text;
using Fovea.Executor.Text;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>Follows an answer token by token and knows as soon as it can be neither right nor the full model's.</summary>
/// <remarks>
/// Text that the detokenizer has let out is a beginning of the whole text, whatever follows: once it, without leading spaces, is no
/// beginning of the expected text, nor that text with nothing but spaces behind it, the trimmed whole cannot equal it. Ids likewise.
/// </remarks>
internal sealed class AnswerWatch
{
    private readonly StreamingDetokenizer _decoder;
    private readonly StringBuilder _text = new();
    private readonly string? _expected;
    private readonly ImmutableArray<int>? _reference;
    private readonly ImmutableArray<int>.Builder _ids = ImmutableArray.CreateBuilder<int>();
    private bool _mayBeRight;
    private bool _mayAgree;

    /// <summary>Begins an answer.</summary>
    /// <param name="decoder">A fresh one.</param>
    /// <param name="expected">The expected text, or null when nobody asks.</param>
    /// <param name="reference">The full model's ids, or null when nobody asks.</param>
    public AnswerWatch(StreamingDetokenizer decoder, string? expected, ImmutableArray<int>? reference)
    {
        _decoder = decoder;
        _expected = expected;
        _reference = reference;
        _mayBeRight = expected is not null;
        _mayAgree = reference is not null;
    }

    /// <summary>Whether the rest of the answer could still matter.</summary>
    public bool IsOpen => _mayBeRight || _mayAgree;

    /// <summary>Whether the answer is the expected one; known after <see cref="End"/>.</summary>
    public bool Correct { get; private set; }

    /// <summary>Whether the answer is the full model's; known after <see cref="End"/>.</summary>
    public bool Agrees { get; private set; }

    /// <summary>The text so far.</summary>
    public string Text => _text.ToString();

    /// <summary>The ids so far.</summary>
    public ImmutableArray<int> Ids => _ids.ToImmutable();

    /// <summary>Takes a token.</summary>
    public void Push(int id)
    {
        _ids.Add(id);
        _text.Append(_decoder.Push(id));
        _mayAgree = _mayAgree && _ids.Count <= _reference!.Value.Length && _reference.Value[_ids.Count - 1] == id;
        _mayBeRight = _mayBeRight && Fits(_text.ToString().TrimStart(), _expected!);
    }

    /// <summary>Ends the answer where the model did, or where nothing was open any more.</summary>
    public void End()
    {
        _text.Append(_decoder.Finish());
        Correct = _mayBeRight && Text.Trim() == _expected;
        Agrees = _mayAgree && _ids.Count == _reference!.Value.Length;
    }

    private static bool Fits(string begun, string expected) =>
        begun.Length <= expected.Length
            ? expected.StartsWith(begun, StringComparison.Ordinal)
            : begun.StartsWith(expected, StringComparison.Ordinal) && string.IsNullOrWhiteSpace(begun[expected.Length..]);
}
