using System.Security.Cryptography;
using System.Text;

namespace Fovea.ServiceDefaults.Clients;

/// <summary>Reads a token from a file.</summary>
internal static class BearerToken
{
    /// <summary>Returns the token without white space around it.</summary>
    /// <exception cref="CryptographicException">There is none, or it has characters that no header may carry.</exception>
    public static string Read(byte[] file)
    {
        var token = Encoding.UTF8.GetString(file).Trim();
        return token.Length > 0 && token.All(character => character is > ' ' and < '\x7f')
            ? token
            : throw new CryptographicException("There is no token in it.");
    }
}
