using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Fovea.ServiceDefaults.Security;

/// <summary>
/// Something that is made from files, and made again when they change; while they cannot be used, the last good one stays.
/// </summary>
/// <remarks>Changes are found by content, as mounted secrets change by exchanging a link. Safe for any number of threads.</remarks>
internal sealed class ReloadedFiles<T>
    where T : class
{
    private readonly IReadOnlyList<string> _paths;
    private readonly Func<IReadOnlyList<byte[]>, T> _make;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private string _seen;
    private volatile T _current;

    /// <summary>Reads the files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="make">Makes the thing from their contents.</param>
    /// <param name="logger">Is told of changes and faults.</param>
    public ReloadedFiles(IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, T> make, ILogger logger)
    {
        _paths = paths;
        _make = make;
        _logger = logger;
        var contents = Read();
        _seen = DigestOf(contents);
        _current = make(contents);
    }

    /// <summary>The last good one.</summary>
    public T Current => _current;

    /// <summary>The names of the files.</summary>
    public string Description => string.Join(", ", _paths);

    /// <summary>Looks at the files.</summary>
    /// <returns>True when a new one is there, false when the files are at fault, null when nothing has changed.</returns>
    public bool? Refresh()
    {
        lock (_lock)
        {
            try
            {
                var contents = Read();
                var digest = DigestOf(contents);
                if (digest == _seen)
                {
                    return null;
                }

                _seen = digest;
                _current = _make(contents);
                SecurityLog.Reloaded(_logger, Description);
                return true;
            }
            catch (Exception exception) when (IsFault(exception))
            {
                // A file that is being replaced may be away for a moment; it is looked at again.
                SecurityLog.ReloadFailed(_logger, Description, exception.Message);
                return false;
            }
        }
    }

    /// <summary>Whether an exception tells that files cannot be used.</summary>
    public static bool IsFault(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private static string DigestOf(IEnumerable<byte[]> contents) =>
        string.Join('/', contents.Select(content => Convert.ToHexString(SHA256.HashData(content))));

    private byte[][] Read() => [.. _paths.Select(File.ReadAllBytes)];
}
