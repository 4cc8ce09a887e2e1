using System.Text;
using Fovea.Contracts.V1;
using Fovea.Executor.Decode;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;

namespace Fovea.Executor.Intake;

/// <summary>Turns tokens into deltas: text that a later token could still change, or that may begin a stop string, is held back.</summary>
/// <remarks>
/// Ids go out with the text they complete, so the ids of all deltas together are the tokens generated. Serves one answer.
/// </remarks>
internal sealed class AnswerText
{
    private readonly StreamingDetokenizer _decoder;
    private readonly StopStringMatcher _stops;
    private readonly bool _wantsChoices;
    private readonly StringBuilder _whole = new();
    private Delta _pending = new();

    /// <summary>Begins an answer.</summary>
    public AnswerText(ITokenizer tokenizer, SamplingOptions sampling)
    {
        _decoder = tokenizer.StartDecoding(skipSpecialTokens: true);
        _stops = new StopStringMatcher(sampling.Stops);
        _wantsChoices = sampling.LogProbs is not null;
    }

    /// <summary>Whether a stop string has ended the answer.</summary>
    public bool Stopped => _stops.Found is not null;

    /// <summary>All text let out so far.</summary>
    public string Whole => _whole.ToString();

    /// <summary>Takes a token; gives the delta that it completes, or null.</summary>
    public Delta? Push(TokenGenerated token)
    {
        _pending.TokenIds.Add(token.Id);
        if (_wantsChoices)
        {
            _pending.Choices.Add(AnswerEvents.Choice(token));
        }

        var text = _stops.Push(_decoder.Push(token.Id));
        return text.Length > 0 ? Take(text) : null;
    }

    /// <summary>Ends the answer; gives the delta of what was held back, or null when nothing was.</summary>
    public Delta? Finish()
    {
        var text = Stopped ? string.Empty : _stops.Push(_decoder.Finish());
        if (!Stopped)
        {
            text += _stops.Finish();
        }

        return text.Length > 0 || _pending.TokenIds.Count > 0 ? Take(text) : null;
    }

    private Delta Take(string text)
    {
        _whole.Append(text);
        var delta = _pending;
        delta.Text = text;
        _pending = new Delta();
        return delta;
    }
}
