using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fovea.Planning.Policies;

/// <summary>Chooses the requests that a canary serves by a hash, so that everyone who is asked says the same.</summary>
/// <remarks>
/// The point of a request is SHA-256 of <c>"policy-name\ncanary-revision\nrequest-id"</c> in UTF-8, its first 8 bytes as a
/// big-endian number, divided by 2^64. The canary serves requests whose point is below its share: with a larger share every
/// request that it served it still serves. The revision is part of it, so that each trial draws requests of its own.
/// </remarks>
public static class CanaryShare
{
    private const double Points = 18446744073709551616.0;

    /// <summary>Returns the request's point, at least 0 and at most 1, evenly spread over requests.</summary>
    /// <param name="policy">Name of the policy.</param>
    /// <param name="revision">Revision at which the canary began.</param>
    /// <param name="requestId">Id of the request.</param>
    public static double PointOf(string policy, long revision, string requestId)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{policy}\n{revision}\n{requestId}")));
        return BinaryPrimitives.ReadUInt64BigEndian(digest) / Points;
    }

    /// <summary>Returns whether the number can be the share of a trial: above 0 and below 1.</summary>
    public static bool IsShare(double share) => share is > 0 and < 1;
}
