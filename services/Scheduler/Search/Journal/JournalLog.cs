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

    /// <summary>Logs that searches are not known yet.</summary>
    [LoggerMessage(3, LogLevel.Warning, "Searches cannot be read yet: {Fault}")]
    public static partial void NotRead(ILogger logger, string fault);

    /// <summary>Logs that an entry waits for its store.</summary>
    [LoggerMessage(4, LogLevel.Warning, "An entry of search {Search} could not be stored and is tried again: {Fault}")]
    public static partial void Retried(ILogger logger, string search, string fault);

    /// <summary>Logs that a line of a journal is left out together with what follows it.</summary>
    [LoggerMessage(5, LogLevel.Error, "Journal of search {Search} cannot be read on: {Fault}")]
    public static partial void LineUnreadable(ILogger logger, string search, string fault);
}
