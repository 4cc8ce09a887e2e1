namespace Fovea.Executor.Hosting;

/// <summary>Log messages of start and stop; event ids 100 to 199.</summary>
internal static partial class HostingLog
{
    /// <summary>The model is loaded.</summary>
    [LoggerMessage(100, LogLevel.Information, "Serving model {Model}, revision {Revision}, in {DType} on {Device}")]
    public static partial void Serving(ILogger logger, string model, string revision, string dType, string device);
}
