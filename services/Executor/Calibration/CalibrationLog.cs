namespace Fovea.Executor.Calibration;

/// <summary>Log messages of calibration; event ids 400 to 499.</summary>
internal static partial class CalibrationLog
{
    /// <summary>A set is held from now on.</summary>
    [LoggerMessage(400, LogLevel.Information, "Question set {Digest} is held: {Questions} questions, {Images} images, {Bytes} bytes")]
    public static partial void SetHeld(ILogger logger, string digest, int questions, int images, long bytes);

    /// <summary>A set was given up for want of room.</summary>
    [LoggerMessage(401, LogLevel.Information, "Question set {Digest} is given up: all sets together exceed Calibration:MaxSetsBytes")]
    public static partial void SetEvicted(ILogger logger, string digest);

    /// <summary>A folder does not hold the set that its name says.</summary>
    [LoggerMessage(402, LogLevel.Warning, "{Folder} holds no sound question set and is ignored: {Reason}")]
    public static partial void SetDamaged(ILogger logger, string folder, string reason);

    /// <summary>A stream of trials was opened.</summary>
    [LoggerMessage(403, LogLevel.Information, "Evaluation on set {Digest} begins")]
    public static partial void Opened(ILogger logger, string digest);

    /// <summary>A stream of trials has ended.</summary>
    [LoggerMessage(404, LogLevel.Information, "Evaluation on set {Digest} ended: {Samples} samples, {Forwards} layer forwards")]
    public static partial void Closed(ILogger logger, string digest, long samples, long forwards);

    /// <summary>A fault of the executor ended a call.</summary>
    [LoggerMessage(405, LogLevel.Error, "{Method} failed")]
    public static partial void Failed(ILogger logger, string method, Exception cause);
}
