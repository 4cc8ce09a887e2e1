using Microsoft.Extensions.Logging;

namespace Fovea.ServiceDefaults.Drain;

/// <summary>The clock and the logger of the drain.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The logger.</param>
internal sealed record DrainTools(TimeProvider Time, ILogger<DrainService> Logger);
