using System.Globalization;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Writes for people how a rule serves its class.</summary>
internal static class RuleText
{
    /// <summary>Returns one short line.</summary>
    public static string Of(ClassRule rule) => rule.ServeCase switch
    {
        ClassRule.ServeOneofCase.Full => "full",
        ClassRule.ServeOneofCase.Lossless => "lossless",
        ClassRule.ServeOneofCase.ScheduleId => $"schedule {rule.ScheduleId}",
        ClassRule.ServeOneofCase.Spec => rule.Spec,
        ClassRule.ServeOneofCase.Budget => $"budget {OfBudget(rule.Budget.Budget)}",
        _ => "nothing",
    };

    /// <summary>Returns whom the rule serves: its class, then <c>@tenant</c> and <c>#model</c> where it names them, as plans name it.</summary>
    public static string Subject(ClassRule rule)
    {
        var tenant = rule.Tenant.Length is 0 || rule.Tenant == "*" ? string.Empty : $"@{rule.Tenant}";
        var model = rule.Model.Length is 0 || rule.Model == "*" ? string.Empty : $"#{rule.Model}";
        return $"{rule.RequestClass}{tenant}{model}";
    }

    /// <summary>Returns a budget as <c>mean=0.3</c>.</summary>
    public static string OfBudget(Budget? budget) => budget?.KindCase switch
    {
        Budget.KindOneofCase.MeanKeep => $"mean={Text(budget.MeanKeep)}",
        Budget.KindOneofCase.FlopsShare => $"flops={Text(budget.FlopsShare)}",
        Budget.KindOneofCase.Tflops => $"tflops={Text(budget.Tflops)}",
        Budget.KindOneofCase.KvBytes => $"kv={Text(budget.KvBytes)}",
        Budget.KindOneofCase.Milliseconds => $"ms={Text(budget.Milliseconds)}",
        _ => "none",
    };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
