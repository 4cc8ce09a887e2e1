using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fovea.Executor.Canaries;

/// <summary>Chooses, by a stable hash, which requests of a canary get a shadow run.</summary>
/// <remarks>The salt differs from the one by which requests come to the canary, or every share would choose among the same requests.</remarks>
internal static class ShadowChoice
{
    /// <summary>Whether a request gets one: the same answer on every executor and at every time.</summary>
    public static bool IsChosen(ArmKey canary, string requestId, double share)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"shadow\n{canary.Policy}\n{canary.Revision}\n{requestId}");
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return BinaryPrimitives.ReadUInt64BigEndian(digest) / Math.Pow(2, 64) < share;
    }
}
