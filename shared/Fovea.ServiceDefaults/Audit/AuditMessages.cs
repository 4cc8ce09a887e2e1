using Microsoft.Extensions.Logging;

namespace Fovea.ServiceDefaults.Audit;

/// <summary>Log messages of the audit log.</summary>
internal static partial class AuditMessages
{
    /// <summary>Writes a record.</summary>
    [LoggerMessage(1, LogLevel.Information, "{Record}")]
    public static partial void Recorded(ILogger logger, string record);

    /// <summary>Tells that the file could not be written.</summary>
    [LoggerMessage(2, LogLevel.Error, "The audit file cannot be written, its record stands above: {Fault}")]
    public static partial void FileFailed(ILogger logger, string fault);
}
