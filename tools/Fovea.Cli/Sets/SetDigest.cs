using System.Security.Cryptography;
using Fovea.Contracts.Calibration;

namespace Fovea.Cli.Sets;

/// <summary>Computes a folder's digest as executors do.</summary>
internal static class SetDigest
{
    /// <summary>Returns the digest over the questions and the bytes of their images.</summary>
    public static async Task<string> OfAsync(QuestionSet set, CancellationToken cancellationToken)
    {
        var hashes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var image in set.ReadImagesAsync(cancellationToken))
        {
            hashes[image.Key] = SHA256.HashData(image.Data.Span);
        }

        return QuestionSetDigest.OfHashes(set.ToProto().Questions, key => hashes[key]);
    }
}
