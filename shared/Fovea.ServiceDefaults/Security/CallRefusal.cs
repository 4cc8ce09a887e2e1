using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Ends a call before its handler; what is told to the caller says nothing that it could learn from.</summary>
/// <param name="Code">The status.</param>
/// <param name="Detail">The message; ASCII.</param>
/// <param name="RetryAfter">When another attempt makes sense, or null.</param>
internal sealed record CallRefusal(StatusCode Code, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>The metadata key of <see cref="RetryAfter"/>.</summary>
    public const string PushBackKey = "grpc-retry-pushback-ms";

    /// <summary>The caller is not known.</summary>
    public static CallRefusal Unauthenticated { get; } = new(StatusCode.Unauthenticated, "Valid credentials are needed.");

    /// <summary>The caller is known but may not.</summary>
    public static CallRefusal Denied { get; } = new(StatusCode.PermissionDenied, "The caller may not do this.");

    /// <summary>Nothing of that name is served here.</summary>
    public static CallRefusal NotServed { get; } = new(StatusCode.Unimplemented, "The method is not implemented.");

    /// <summary>The push-back in milliseconds.</summary>
    public static string Milliseconds(TimeSpan wait) => ((long)Math.Ceiling(wait.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes it as the whole response: a gRPC status, or an HTTP status to what is no gRPC call.</summary>
    public void WriteTo(HttpContext http)
    {
        var response = http.Response;
        if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) != true)
        {
            response.StatusCode = Code switch
            {
                StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
                StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
                StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
                _ => StatusCodes.Status404NotFound,
            };
            return;
        }

        response.ContentType = "application/grpc";
        response.Headers["grpc-status"] = ((int)Code).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Detail.Replace("%", "%25", StringComparison.Ordinal);
        if (RetryAfter is { } wait)
        {
            response.Headers[PushBackKey] = Milliseconds(wait);
        }
    }
}
