namespace Fovea.Scheduler.Search.Journal;

/// <summary>Logs damage of journals.</summary>
internal static partial class JournalLog
{
    /// <summary>Logs that the end of a journal was lost.</summary>
    [LoggerMessage(1, LogLevel.Warning, "Cut {Bytes} bytes off journal {Path} behind its last good line ({Fault}); it holds {Trials} trials")]
    public static partial void TailCut(ILogger logger, string path, long bytes, string fault, int trials);

    /// <summary>Logs that a journal cannot be read at all.</summary>
    [LoggerMessage(2, LogLevel.Error, "Journal {Path} cannot be read ({Fault}); it is put aside with the ending .damaged")]
    public static partial void Unreadable(ILogger logger, string path, string fault);
}
