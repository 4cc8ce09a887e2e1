using Microsoft.Extensions.Logging;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Log messages of security.</summary>
internal static partial class SecurityLog
{
    /// <summary>Tells that changed files are in use.</summary>
    [LoggerMessage(1, LogLevel.Information, "{Files}: changed, now in use.")]
    public static partial void Reloaded(ILogger logger, string files);

    /// <summary>Tells that changed files cannot be used.</summary>
    [LoggerMessage(2, LogLevel.Error, "{Files}: changed, but cannot be used; what was read before stays in use. {Fault}")]
    public static partial void ReloadFailed(ILogger logger, string files, string fault);

    /// <summary>Tells that a client certificate was not accepted.</summary>
    [LoggerMessage(3, LogLevel.Warning, "The client certificate of {Subject} is refused: {Fault}.")]
    public static partial void CertificateRefused(ILogger logger, string subject, string fault);

    /// <summary>Tells that a call was turned away.</summary>
    [LoggerMessage(4, LogLevel.Warning, "{Method} is refused to {Subject} at {Peer}: {Reason}.")]
    public static partial void CallRefused(ILogger logger, string method, string subject, string peer, string reason);

    /// <summary>Warns of an open port.</summary>
    [LoggerMessage(5, LogLevel.Warning, "Security:Mode is off, and {Address} can be reached from other machines: anyone there may call anything.")]
    public static partial void Open(ILogger logger, string address);

    /// <summary>Tells that callers are known.</summary>
    [LoggerMessage(6, LogLevel.Information, "Callers are authenticated; {Methods} methods are served, each by its declared roles. Certificate of {Subject}, valid until {Until}.")]
    public static partial void On(ILogger logger, int methods, string subject, DateTime until);
}
