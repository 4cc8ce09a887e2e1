using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Audit;

/// <summary>Writes who changed what: to the log category <c>Fovea.Audit</c>, and to a file where options name one.</summary>
public sealed class AuditLog : IDisposable
{
    /// <summary>The log category.</summary>
    public const string Category = "Fovea.Audit";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AuditFile? _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Opens the file.</summary>
    internal AuditLog(IOptions<AuditOptions> options, TimeProvider time, ILoggerFactory loggers)
    {
        _file = options.Value.File is { Length: > 0 } path ? AuditFile.Open(path) : null;
        _time = time;
        _logger = loggers.CreateLogger(Category);
    }

    /// <summary>Writes a record with the time now.</summary>
    /// <remarks>A file that cannot be written any more is told in the log, and the record is there, too.</remarks>
    public void Record(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var line = Line(record);
        AuditMessages.Recorded(_logger, line);
        try
        {
            _file?.Append(line);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            AuditMessages.FileFailed(_logger, exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private string Line(AuditRecord record)
    {
        var json = new JsonObject
        {
            ["time"] = _time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["subject"] = record.Subject,
            ["tenant"] = record.Tenant,
            ["peer"] = record.Peer,
            ["method"] = record.Method,
            ["resource"] = record.Resource,
            ["from"] = record.From,
            ["to"] = record.To,
            ["result"] = record.Result,
            ["reason"] = record.Reason,
        };
        return json.ToJsonString(Json);
    }
}
