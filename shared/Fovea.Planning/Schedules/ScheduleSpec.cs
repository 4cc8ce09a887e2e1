using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>
/// Describes a schedule in one line that is independent of the model; <see cref="Parse(string)"/> reads what <c>ToString</c>
/// writes.
/// </summary>
/// <remarks>
/// The forms are <c>full</c>, <c>fastv:K=2,R=0.5</c>, <c>pdrop:layers=8/16/24,keep=0.5/0.25/0.125</c>, <c>vtw:K=16</c>,
/// <c>sparsevlm:layers=2/6/15,keep=0.52/0.35/0.19</c>, <c>sigmoid:k=0.22,A=0.76,c=12.2,first=3</c>,
/// <c>uniform:r=0.5,first=3</c>, <c>pool:size=2</c>, <c>rates:FILE</c>, <c>rates:[1,1,0.5]</c>, <c>id:HEX</c>. In place of
/// its own parameter each can be given a budget that it is solved from (<c>mean</c>, <c>flops</c>, <c>tflops</c>, <c>kv</c> or
/// <c>ms</c>): <c>sigmoid:k=0.22,A=0.76,mean=0.3</c>, <c>fastv:K=2,mean=0.3</c>, <c>pdrop:layers=8/16/24,flops=0.5</c>,
/// <c>vtw:kv=1e8</c>, <c>sparsevlm:layers=2/6/15,mean=0.3</c>, <c>uniform:mean=0.3,first=3</c>.
/// </remarks>
public abstract record ScheduleSpec
{
    /// <summary>The first layer that sees fewer tokens where a spec does not say: three full layers.</summary>
    public const int DefaultFirst = 3;

    private protected ScheduleSpec()
    {
    }

    /// <summary>Parses a spec that needs no file; a <c>rates:FILE</c> is a fault.</summary>
    public static Checked<ScheduleSpec> Parse(string text) => SpecParser.Parse(text, null);

    /// <summary>Parses a spec; <paramref name="readFile"/> returns the text of a <c>rates:FILE</c>.</summary>
    public static Checked<ScheduleSpec> Parse(string text, Func<string, string> readFile) => SpecParser.Parse(text, readFile);

    /// <summary>Makes the rates of every layer for a model and request, or returns every fault.</summary>
    public abstract Checked<ResolvedSchedule> Resolve(ScheduleContext context);

    /// <summary>Writes the canonical form.</summary>
    public abstract override string ToString();
}
