using System.Globalization;

namespace Grpc.Wire;

/// <summary>Writes and reads <c>grpc-timeout</c>: up to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long MaxDigits = 99_999_999;

    /// <summary>Encodes a time, rounded up so that the server never ends a call before its client does.</summary>
    public static string Encode(TimeSpan timeout)
    {
        var ticks = Math.Max(1, timeout.Ticks);
        foreach (var (unit, size) in (ReadOnlySpan<(char, long)>)
            [('u', TimeSpan.TicksPerMicrosecond), ('m', TimeSpan.TicksPerMillisecond), ('S', TimeSpan.TicksPerSecond), ('M', TimeSpan.TicksPerMinute)])
        {
            var count = (ticks / size) + (ticks % size == 0 ? 0 : 1);
            if (count <= MaxDigits)
            {
                return count.ToString(CultureInfo.InvariantCulture) + unit;
            }
        }

        return Math.Min(MaxDigits, (ticks / TimeSpan.TicksPerHour) + 1).ToString(CultureInfo.InvariantCulture) + "H";
    }

    /// <summary>Decodes a header value; a time beyond what .NET can hold becomes the longest that it can.</summary>
    /// <returns>False when the value is not up to eight digits followed by one of <c>H M S m u n</c>.</returns>
    public static bool TryDecode(string value, out TimeSpan timeout)
    {
        timeout = default;
        if (value.Length is < 2 or > 9 || value.AsSpan(0, value.Length - 1).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var count = long.Parse(value.AsSpan(0, value.Length - 1), CultureInfo.InvariantCulture);
        switch (value[^1])
        {
            case 'H':
                timeout = TimeSpan.FromTicks(count > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerHour
                    ? TimeSpan.MaxValue.Ticks
                    : count * TimeSpan.TicksPerHour);
                return true;
            case 'M':
                timeout = TimeSpan.FromTicks(count * TimeSpan.TicksPerMinute);
                return true;
            case 'S':
                timeout = TimeSpan.FromTicks(count * TimeSpan.TicksPerSecond);
                return true;
            case 'm':
                timeout = TimeSpan.FromTicks(count * TimeSpan.TicksPerMillisecond);
                return true;
            case 'u':
                timeout = TimeSpan.FromTicks(count * TimeSpan.TicksPerMicrosecond);
                return true;
            case 'n':
                timeout = TimeSpan.FromTicks(count / TimeSpan.NanosecondsPerTick);
                return true;
            default:
                return false;
        }
    }
}
