using System.Collections.Frozen;
using static Fovea.ServiceDefaults.Security.MethodTraits;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Declares who may call which method; what is not declared here, nobody may call.</summary>
/// <remarks>
/// To add a method: one line here, and its row in docs/security.md. A method of a contract without a line fails the tests, and a
/// server that would serve one does not start.
/// </remarks>
internal static class MethodTable
{
    private static readonly FrozenDictionary<string, MethodRule> ByMethod = Declare().ToFrozenDictionary(rule => rule.Method, StringComparer.Ordinal);

    /// <summary>All rules.</summary>
    public static IEnumerable<MethodRule> All => ByMethod.Values;

    /// <summary>The rule of a method, or null.</summary>
    public static MethodRule? Find(string method) => ByMethod.GetValueOrDefault(method);

    private static IEnumerable<MethodRule> Declare() =>
    [
        .. Of("grpc.health.v1.Health", Anonymous, [], "Check", "List", "Watch"),
        .. Of("grpc.reflection.v1.ServerReflection", None, [Roles.Admin], "ServerReflectionInfo"),
        .. Of("grpc.reflection.v1alpha.ServerReflection", None, [Roles.Admin], "ServerReflectionInfo"),

        .. Of("fovea.v1.PlanService", Link, [Roles.Executor], "StreamPlans"),
        .. Of("fovea.v1.PlanService", Metered, [Roles.PolicyRead, Roles.PolicyWrite, Roles.Search], "Explain"),
        .. Of("fovea.v1.FeedService", Link, [Roles.Executor], "Watch"),

        .. Of(
            "fovea.v1.PolicyService", Metered, [Roles.PolicyRead, Roles.PolicyWrite], "GetPolicy", "ListPolicies", "GetPolicyHistory", "WatchPolicies"),
        .. Of(
            "fovea.v1.PolicyService",
            Metered | Audited,
            [Roles.PolicyWrite],
            "ApplyPolicy",
            "DeletePolicy",
            "RollbackPolicy",
            "PromoteCanary",
            "AbortCanary"),
        .. Of("fovea.v1.ScheduleService", Metered, [Roles.PolicyRead, Roles.PolicyWrite, Roles.Search], "GetSchedule", "ListSchedules"),
        .. Of("fovea.v1.ScheduleService", Metered | Audited, [Roles.PolicyWrite], "PutSchedule", "DeleteSchedule"),
        .. Of("fovea.v1.FleetService", Metered, [Roles.PolicyRead, Roles.PolicyWrite, Roles.Search], "ListExecutors"),
        .. Of("fovea.v1.ExecutorStatusService", Metered, [Roles.PolicyRead, Roles.PolicyWrite, Roles.Search], "GetAppliedState"),

        .. Of("fovea.v1.SearchService", Metered, [Roles.Search, Roles.PolicyRead], "GetSearch", "ListSearches", "WatchSearch"),
        .. Of("fovea.v1.SearchService", Metered | Audited, [Roles.Search], "StartSearch", "CancelSearch", "ResumeSearch"),

        .. Of("fovea.v1.InferenceService", Metered, [Roles.Infer], "Generate"),
        .. Of("fovea.v1.InferenceService", None, [Roles.Infer, Roles.PolicyRead, Roles.Search], "DescribeModel"),
        .. Of(
            "inference.GRPCInferenceService",
            None,
            [Roles.Infer],
            "ServerLive",
            "ServerReady",
            "ModelReady",
            "ServerMetadata",
            "ModelMetadata"),
        .. Of("inference.GRPCInferenceService", Metered, [Roles.Infer], "ModelInfer"),

        .. Of(
            "fovea.v1.CalibrationService",
            None,
            [Roles.Search],
            "DescribeCalibration",
            "PutSet",
            "FetchSet",
            "Evaluate",
            "MeasureCost",
            "StudyRankings"),

        // Executors copy sets from each other.
        .. Of("fovea.v1.CalibrationService", None, [Roles.Search, Roles.Executor], "GetSet"),
    ];

    private static IEnumerable<MethodRule> Of(string service, MethodTraits traits, string[] roles, params string[] methods) =>
        methods.Select(method => new MethodRule($"/{service}/{method}", [.. roles], traits));
}
