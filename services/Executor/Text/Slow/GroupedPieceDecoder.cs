using System.Text;
using Fovea.Executor.Text.Decoders;

namespace Fovea.Executor.Text.Slow;

/// <summary>
/// Decodes as the slow tokenizers of InternLM do: groups of pieces with a space around the tokens that were added behind the model's own, and a
/// space before each run that a named special token ends; spaces before punctuation are removed from each group.
/// </summary>
/// <remarks>
/// That space comes before the run, so a run is held back until its end is known; where special tokens are left out none can come, and text
/// flows on at once.
/// </remarks>
internal sealed class GroupedPieceDecoder : ITokenDecoder
{
    private readonly Func<ITokenDecoder> _makeInner;
    private readonly TokenGroups _groups;
    private readonly bool _holdsRuns;
    private readonly List<string> _decoded = [];
    private readonly StringBuilder _run = new();
    private readonly SpaceCleaner _cleaner = new();
    private ITokenDecoder _inner;
    private int _texts;
    private bool _hasTokens;
    private bool _hasText;
    private bool _afterNamed;

    /// <summary>Decodes runs with a fresh <paramref name="makeInner"/> each; <paramref name="holdsRuns"/> when special tokens are shown.</summary>
    public GroupedPieceDecoder(Func<ITokenDecoder> makeInner, TokenGroups groups, bool holdsRuns)
    {
        _makeInner = makeInner;
        _groups = groups;
        _holdsRuns = holdsRuns;
        _inner = makeInner();
    }

    /// <inheritdoc/>
    public void Push(string token, List<string> output)
    {
        if (_groups.Separate.Contains(token))
        {
            EndGroup(output);
            output.Add(_texts > 0 ? ' ' + token : token);
            _texts++;
            return;
        }

        _hasTokens = true;
        if (!_groups.Named.Contains(token))
        {
            _afterNamed = false;
            _inner.Push(token, _decoded);
            Take(output, isLast: false);
            return;
        }

        if (!_afterNamed)
        {
            Write(" ", output);
        }

        EndRun(output);
        Write(token, output);
        _afterNamed = true;
    }

    /// <inheritdoc/>
    public void Finish(List<string> output)
    {
        EndRun(output);
        Emit(_cleaner.Finish(), output);
        if (_hasTokens && !_hasText && _texts > 0)
        {
            output.Add(" ");
        }
    }

    private void EndGroup(List<string> output)
    {
        EndRun(output);
        Emit(_cleaner.Finish(), output);
        _texts += _hasText ? 1 : 0;
        _hasTokens = false;
        _hasText = false;
        _afterNamed = false;
    }

    private void EndRun(List<string> output)
    {
        _inner.Finish(_decoded);
        Take(output, isLast: true);
        _inner = _makeInner();
    }

    private void Take(List<string> output, bool isLast)
    {
        _decoded.ForEach(text => _run.Append(text));
        _decoded.Clear();
        if (isLast || !_holdsRuns)
        {
            Write(_run.ToString(), output);
            _run.Clear();
        }
    }

    private void Write(string text, List<string> output) => Emit(_cleaner.Push(text), output);

    private void Emit(string text, List<string> output)
    {
        if (text.Length > 0)
        {
            output.Add(_hasText || _texts == 0 ? text : ' ' + text);
            _hasText = true;
        }
    }
}
