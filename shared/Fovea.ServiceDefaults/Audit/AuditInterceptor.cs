using Fovea.ServiceDefaults.Security;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Fovea.ServiceDefaults.Audit;

/// <summary>Writes a record of each call of an audited method, however it ends; all of them are unary.</summary>
internal sealed class AuditInterceptor : Interceptor
{
    private readonly AuditLog _log;

    /// <summary>Writes to this log.</summary>
    public AuditInterceptor(AuditLog log)
    {
        _log = log;
    }

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        MethodTable.Find(context.Method)?.Has(MethodTraits.Audited) == true
            ? AuditAsync(request, context, continuation)
            : continuation(request, context);

    private static AuditRecord Begin(object request, ServerCallContext context)
    {
        var identity = CallIdentity.Of(context);
        return new AuditRecord(context.Method, identity.Subject, StatusCode.Unknown.ToString())
        {
            Tenant = identity.Tenant,
            Peer = context.Peer,
            Resource = AuditSubject.ResourceOf(request),
            Reason = AuditSubject.ReasonOf(request),
        };
    }

    private static AuditRecord End(AuditRecord record, object request, object response, ServerCallContext context)
    {
        var (from, to) = AuditSubject.ChangeOf(request, response);
        var resource = AuditSubject.NewResourceOf(response);
        return record with
        {
            Result = context.Status.StatusCode.ToString(),
            Resource = resource.Length > 0 ? resource : record.Resource,
            From = from,
            To = to,
        };
    }

    private async Task<TResponse> AuditAsync<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class
    {
        var record = Begin(request, context);
        try
        {
            var response = await continuation(request, context).ConfigureAwait(false);
            record = End(record, request, response, context);
            return response;
        }
        catch (RpcException exception)
        {
            record = record with { Result = exception.StatusCode.ToString(), Reason = exception.Status.Detail };
            throw;
        }
        catch (OperationCanceledException)
        {
            record = record with { Result = StatusCode.Cancelled.ToString() };
            throw;
        }
        finally
        {
            _log.Record(record);
        }
    }
}
