using System.Collections.Immutable;

namespace Fovea.Faults.Validators;

/// <summary>Counts checks and collects breaches of one guarantee. Used by one thread.</summary>
internal sealed class Findings
{
    private readonly string _guarantee;
    private readonly ImmutableArray<Violation>.Builder _violations = ImmutableArray.CreateBuilder<Violation>();
    private long _checks;

    /// <summary>Begins with nothing.</summary>
    public Findings(string guarantee) => _guarantee = guarantee;

    /// <summary>Counts a check, and a breach when it does not hold; the message is made only then.</summary>
    public void Check(bool holds, long sequence, Func<string> message)
    {
        _checks++;
        if (!holds)
        {
            _violations.Add(new Violation(_guarantee, sequence, message()));
        }
    }

    /// <summary>Returns what was found.</summary>
    public Verdict ToVerdict() => new(_guarantee, _checks, _violations.ToImmutable());
}
