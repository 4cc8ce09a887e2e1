namespace Fovea.Scheduler.Store;

/// <summary>Reads the history that belongs to a state.</summary>
/// <remarks>
/// A version is written before the state that it belongs to, so a process that was killed in between leaves one beyond the state: it
/// is not history. History decides nothing that is served, so damage costs the damaged lines and not the start.
/// </remarks>
internal static class HistoryReader
{
    /// <summary>Returns the history and whether the file must be written anew to hold just that.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The state that was loaded.</param>
    /// <param name="limit">Most versions of a policy.</param>
    /// <param name="damaged">Lines that could not be read.</param>
    public static (PolicyHistory History, bool IsUnclean) Read(string path, StoreState state, int limit, out int damaged)
    {
        damaged = 0;
        if (!File.Exists(path))
        {
            return (PolicyHistory.After(state), true);
        }

        var lines = Lines(File.ReadAllBytes(path));
        var history = Begin(lines, state, ref damaged);
        var isUnclean = history.CompleteAfter == state.Revision;
        foreach (var line in lines.Skip(1))
        {
            try
            {
                var version = HistoryCodec.DecodeVersion(line);
                isUnclean |= version.Revision > state.Revision;
                history = version.Revision > state.Revision ? history : history.With(version, limit);
            }
            catch (FormatException)
            {
                damaged++;
            }
        }

        return damaged == 0 ? (history, isUnclean) : (history with { CompleteAfter = state.Revision }, true);
    }

    private static PolicyHistory Begin(List<ReadOnlyMemory<byte>> lines, StoreState state, ref int damaged)
    {
        var fresh = PolicyHistory.After(state);
        try
        {
            var (epoch, completeAfter) = lines.Count > 0 ? HistoryCodec.DecodeHead(lines[0]) : throw new FormatException("it is empty");
            return epoch == state.Epoch ? fresh with { CompleteAfter = Math.Min(completeAfter, state.Revision) } : fresh;
        }
        catch (FormatException)
        {
            damaged++;
            return fresh;
        }
    }

    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> content)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (content.Length > 0)
        {
            var end = content.Span.IndexOf((byte)'\n');
            lines.Add(end < 0 ? content : content[..end]);
            content = end < 0 ? default : content[(end + 1)..];
        }

        return lines;
    }
}
