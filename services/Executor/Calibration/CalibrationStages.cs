using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Calibration.Studies;

namespace Fovea.Executor.Calibration;

/// <summary>What calibration calls are served by.</summary>
/// <param name="Store">Holds sets.</param>
/// <param name="Exchange">Moves sets.</param>
/// <param name="Summaries">Tells what they are.</param>
/// <param name="Uses">Counts who works on each.</param>
/// <param name="Evaluator">Scores candidates.</param>
/// <param name="Rankings">Compares rankings.</param>
/// <param name="Costs">Times layers.</param>
internal sealed record CalibrationStages(
    SetStore Store, SetExchange Exchange, SetSummaries Summaries, SetUses Uses, Evaluator Evaluator, RankingStudy Rankings, CostMeter Costs);
