using System.Globalization;
using System.Text;

namespace Fovea.Faults.Proxies;

/// <summary>Drops every published message that a Redis server sends, and nothing else: pub/sub without a single delivery.</summary>
/// <remarks>
/// A reply is read to its end before it goes on. Published messages are arrays whose first element is <c>message</c> or
/// <c>pmessage</c>; subscriptions are still confirmed and pings answered, so that no client notices. Used by one thread.
/// </remarks>
internal sealed class RespMessageFilter : IStreamFilter
{
    private readonly Func<bool> _drops;
    private readonly List<byte> _held = [];
    private int _dropped;

    /// <summary>Makes a filter that drops while <paramref name="drops"/> says so.</summary>
    public RespMessageFilter(Func<bool> drops) => _drops = drops;

    /// <summary>Gets how many messages were dropped.</summary>
    public int Dropped => Volatile.Read(ref _dropped);

    /// <inheritdoc/>
    public byte[] Pass(ReadOnlySpan<byte> bytes)
    {
        _held.AddRange(bytes);
        var all = _held.ToArray();
        var passed = new List<byte>(all.Length);
        var begin = 0;
        while (EndOfReply(all, begin) is { } end)
        {
            if (_drops() && IsMessage(all.AsSpan(begin, end - begin)))
            {
                _dropped++;
            }
            else
            {
                passed.AddRange(all.AsSpan(begin, end - begin));
            }

            begin = end;
        }

        _held.RemoveRange(0, begin);
        return [.. passed];
    }

    private static bool IsMessage(ReadOnlySpan<byte> reply) =>
        reply.StartsWith("*3\r\n$7\r\nmessage\r\n"u8) || reply.StartsWith("*4\r\n$8\r\npmessage\r\n"u8);

    /// <summary>Returns the index behind the reply that begins at <paramref name="at"/>, or null when it is not whole yet.</summary>
    private static int? EndOfReply(byte[] bytes, int at)
    {
        var line = at < bytes.Length ? Array.IndexOf(bytes, (byte)'\n', at) : -1;
        if (line < 0)
        {
            return null;
        }

        var next = line + 1;
        switch ((char)bytes[at])
        {
            case '$':
                var length = Number(bytes, at, line);
                var end = length < 0 ? next : next + length + 2;
                return end <= bytes.Length ? end : null;
            case '*':
                int? element = next;
                for (var left = Number(bytes, at, line); left > 0 && element is { } begin; left--)
                {
                    element = EndOfReply(bytes, begin);
                }

                return element;
            default:
                return next;
        }
    }

    private static int Number(byte[] bytes, int at, int line) =>
        int.Parse(Encoding.ASCII.GetString(bytes, at + 1, line - at - 2), CultureInfo.InvariantCulture);
}
