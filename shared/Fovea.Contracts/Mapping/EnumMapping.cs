using Fovea.Planning.Costs;
using Fovea.Planning.Plans;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps scorers, position modes and accountings.</summary>
public static class EnumMapping
{
    /// <summary>Returns the message's form.</summary>
    public static Wire.Scorer ToProto(this TokenScorer scorer) => scorer switch
    {
        TokenScorer.Instruction => Wire.Scorer.Instruction,
        TokenScorer.Last => Wire.Scorer.Last,
        TokenScorer.NextLast => Wire.Scorer.NextLast,
        TokenScorer.Raters => Wire.Scorer.Raters,
        TokenScorer.Random => Wire.Scorer.Random,
        TokenScorer.Coverage => Wire.Scorer.Coverage,
        _ => throw new ArgumentOutOfRangeException(nameof(scorer), scorer, "unknown scorer"),
    };

    /// <summary>Returns the message's form.</summary>
    public static Wire.PositionMode ToProto(this PositionMode mode) => mode switch
    {
        PositionMode.Keep => Wire.PositionMode.Keep,
        PositionMode.Renumber => Wire.PositionMode.Renumber,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "unknown position mode"),
    };

    /// <summary>Returns the message's form.</summary>
    public static Wire.Accounting ToProto(this CostAccounting accounting) => accounting switch
    {
        CostAccounting.Paper => Wire.Accounting.Paper,
        CostAccounting.Executed => Wire.Accounting.Executed,
        _ => throw new ArgumentOutOfRangeException(nameof(accounting), accounting, "unknown accounting"),
    };

    /// <summary>Returns the scorer; null, with a fault noted when it is not known, where none is given.</summary>
    internal static TokenScorer? ToDomain(Wire.Scorer scorer, string field, FaultList faults)
    {
        switch (scorer)
        {
            case Wire.Scorer.Unspecified:
                return null;
            case Wire.Scorer.Instruction:
                return TokenScorer.Instruction;
            case Wire.Scorer.Last:
                return TokenScorer.Last;
            case Wire.Scorer.NextLast:
                return TokenScorer.NextLast;
            case Wire.Scorer.Raters:
                return TokenScorer.Raters;
            case Wire.Scorer.Random:
                return TokenScorer.Random;
            case Wire.Scorer.Coverage:
                return TokenScorer.Coverage;
            default:
                faults.Invalid(field, $"{(int)scorer} is no scorer, known are 1 (instruction), 2 (last), 3 (next-last), 4 (raters) and 5 (random)");
                return null;
        }
    }

    /// <summary>Returns the position mode; null, with a fault noted when it is not known, where none is given.</summary>
    internal static PositionMode? ToDomain(Wire.PositionMode mode, string field, FaultList faults)
    {
        switch (mode)
        {
            case Wire.PositionMode.Unspecified:
                return null;
            case Wire.PositionMode.Keep:
                return PositionMode.Keep;
            case Wire.PositionMode.Renumber:
                return PositionMode.Renumber;
            default:
                faults.Invalid(field, $"{(int)mode} is no position mode, known are 1 (keep) and 2 (renumber)");
                return null;
        }
    }

    /// <summary>Returns the accounting, executed where none is given; a fault is noted when it is not known.</summary>
    internal static CostAccounting ToDomain(Wire.Accounting accounting, string field, FaultList faults)
    {
        switch (accounting)
        {
            case Wire.Accounting.Paper:
                return CostAccounting.Paper;
            case Wire.Accounting.Unspecified or Wire.Accounting.Executed:
                return CostAccounting.Executed;
            default:
                faults.Invalid(field, $"{(int)accounting} is no accounting, known are 1 (paper) and 2 (executed)");
                return CostAccounting.Executed;
        }
    }
}
