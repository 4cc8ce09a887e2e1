using Fovea.Executor.Planning;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Intake;

/// <summary>Registers request handling.</summary>
internal static class IntakeServices
{
    /// <summary>Adds the stages of a request, in their order.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddOptions<IntakeOptions>().BindConfiguration(IntakeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new ExecutorName(provider.GetRequiredService<IOptions<PlanningOptions>>().Value.EffectiveId));
        services.AddSingleton<ModelHost>();
        services.AddSingleton<DrainCut>();
        services.AddSingleton<RequestLedger>();
        services.AddSingleton<RequestValidator>();
        services.AddSingleton<AdmissionQueue>();
        services.AddSingleton<ImagePipeline>();
        services.AddSingleton<AnswerTelemetry>();
        services.AddSingleton<RequestPipeline>();
        services.AddSingleton<InferenceService>();
        return services;
    }
}
