using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Calibration.Studies;
using Fovea.Executor.Calibration.Trials;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Calibration;

/// <summary>Registers calibration.</summary>
internal static class CalibrationServices
{
    /// <summary>Adds sets, trials and studies.</summary>
    public static IServiceCollection AddCalibration(this IServiceCollection services)
    {
        services.AddOptions<CalibrationOptions>().BindConfiguration(CalibrationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SetStore>().AddSingleton<SetExchange>().AddSingleton<SetSummaries>();
        services.AddSingleton(provider => new TrialDesk(provider.GetRequiredService<IOptions<CalibrationOptions>>().Value));
        services.AddSingleton<SetUses>().AddSingleton<SampleSteps>().AddSingleton<Evaluator>();
        services.AddSingleton<RankingStudy>().AddSingleton<CostMeter>();
        services.AddSingleton<CalibrationStages>().AddSingleton<CalibrationTools>();
        return services;
    }
}
