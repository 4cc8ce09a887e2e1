namespace Fovea.Planning.Plans;

/// <summary>Names the query rows whose attention ranks the vision tokens. The numbers are part of the plan digest.</summary>
public enum TokenScorer
{
    /// <summary>The mean over all text tokens after the last vision token.</summary>
    Instruction = 0,

    /// <summary>The last token of the prompt.</summary>
    Last = 1,
}
