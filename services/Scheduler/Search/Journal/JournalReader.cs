namespace Fovea.Scheduler.Search.Journal;

/// <summary>Reads a journal up to its first damaged line.</summary>
internal static class JournalReader
{
    /// <summary>Returns the search and the bytes of its good lines; the search is null when not even the first line is good.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="fault">What is wrong with the line behind the good ones; null when nothing is.</param>
    public static (SearchRecord? Record, long Length) Read(string path, out string? fault)
    {
        var content = File.ReadAllBytes(path).AsMemory();
        SearchRecord? record = null;
        var length = 0;
        fault = null;
        while (length < content.Length && fault is null)
        {
            var end = content.Span[length..].IndexOf((byte)'\n');
            if (end < 0)
            {
                fault = "it has no end";
                break;
            }

            try
            {
                record = Next(record, JournalCodec.Decode(content.Slice(length, end)));
                length += end + 1;
            }
            catch (FormatException exception)
            {
                fault = exception.Message;
            }
        }

        return (record, length);
    }

    private static SearchRecord Next(SearchRecord? record, (long Token, SearchEntry Entry) line) => record is not null
        ? record.With(line.Token, line.Entry)
        : line.Entry is SearchEntry.Created created ? SearchRecord.Begin(created) : throw new FormatException("a journal begins with its search");
}
