using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Grpc.AspNetCore.Server;

/// <content>How a call ends.</content>
internal sealed partial class HttpContextServerCallContext
{
    private const int ResetNoError = 0;
    private const int ResetCancel = 8;

    /// <summary>How long the client may take to accept the trailers of a deadline before its stream is reset.</summary>
    private static readonly TimeSpan TrailerGrace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private DeadlineTimer? _timer;
    private CancellationTokenSource? _deadlineSource;
    private Task? _deadlineEnd;
    private bool _deadlinePassed;

    /// <summary>Ends the call as its handler returned; waits for the deadline's end if that came first.</summary>
    public Task EndAsync() => EndAsync(_status, Metadata.Empty);

    /// <summary>Ends the call as its handler threw.</summary>
    public Task EndAsync(Exception exception)
    {
        var (status, trailers) = StatusOf(exception);
        GrpcServerLog.CallFailed(_settings.Logger, _method.FullName, status.StatusCode, status.Detail);
        return EndAsync(status, trailers);
    }

    /// <summary>The exception for a handler that goes on with a call that is over for its client.</summary>
    public Exception Gone() => IsOver()
        ? new OperationCanceledException("The call was cancelled or its deadline passed.", GetToken())
        : new InvalidOperationException("The call has ended.");

    private async Task EndAsync(Status status, Metadata trailers)
    {
        if (Response.TryEnd(out var idle))
        {
            await idle;
            if (_timer is not null)
            {
                await _timer.DisposeAsync();
            }

            SetTrailers(status, trailers);
        }
        else
        {
            // The deadline ended the call; Kestrel must not get the request back before its callback is done.
            await _timer!.DisposeAsync();
            await (_deadlineEnd ?? Task.CompletedTask);
        }

        _deadlineSource?.Dispose();
    }

    private void SetTrailers(Status status, Metadata trailers)
    {
        if (trailers.Count > 0 && !ReferenceEquals(trailers, _responseTrailers))
        {
            ResponseTrailers.AddRange(trailers);
        }

        Response.SetTrailers(status, _responseTrailers ?? Metadata.Empty, _method.FullName);
    }

    private void BeginDeadline()
    {
        var header = Header(GrpcHeaders.Timeout);
        if (header is null)
        {
            return;
        }

        if (!GrpcTimeout.TryDecode(header, out var timeout))
        {
            throw new RpcException(new Status(StatusCode.Internal, $"The grpc-timeout \"{header}\" is malformed."));
        }

        var now = _settings.Time.GetUtcNow().UtcDateTime;
        if (timeout >= DateTime.MaxValue - now)
        {
            return;
        }

        _deadline = now + timeout;
        if (timeout <= TimeSpan.Zero)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline had passed when the call came."));
        }

        _timer = new DeadlineTimer(_deadline, _settings.Time, OnDeadline);
    }

    private void OnDeadline()
    {
        if (Response.TryEnd(out var idle))
        {
            _deadlineEnd = EndByDeadlineAsync(idle);
        }
    }

    private async Task EndByDeadlineAsync(Task idle)
    {
        GrpcServerLog.DeadlinePassed(_settings.Logger, _method.FullName);
        lock (_lock)
        {
            _deadlinePassed = true;
            _ = _deadlineSource?.CancelAsync();
        }

        try
        {
            await idle;
            SetTrailers(new Status(StatusCode.DeadlineExceeded, "The deadline passed."), Metadata.Empty);
            await HttpContext.Response.CompleteAsync().WaitAsync(TrailerGrace, _settings.Time);

            // The client may still be sending; nobody will read it.
            HttpContext.Features.Get<IHttpResetFeature>()?.Reset(ResetNoError);
        }
        catch (TimeoutException)
        {
            HttpContext.Features.Get<IHttpResetFeature>()?.Reset(ResetCancel);
        }
        catch (Exception ex)
        {
            GrpcServerLog.CompletionFailed(_settings.Logger, ex, _method.FullName);
        }
    }

    private CancellationToken GetToken()
    {
        if (_timer is null)
        {
            return HttpContext.RequestAborted;
        }

        lock (_lock)
        {
            if (_deadlineSource is null)
            {
                _deadlineSource = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted);
                if (_deadlinePassed)
                {
                    _deadlineSource.Cancel();
                }
            }

            return _deadlineSource.Token;
        }
    }

    private bool IsOver() => Volatile.Read(ref _deadlinePassed) || HttpContext.RequestAborted.IsCancellationRequested;

    private (Status Status, Metadata Trailers) StatusOf(Exception exception)
    {
        if (exception is RpcException rpc)
        {
            return (rpc.Status, rpc.Trailers);
        }

        if (exception is OperationCanceledException or IOException or ConnectionAbortedException && IsOver())
        {
            return (Status.DefaultCancelled, Metadata.Empty);
        }

        if (exception is OperationCanceledException && IsStopping())
        {
            return (new Status(StatusCode.Unavailable, "The server is shutting down."), Metadata.Empty);
        }

        GrpcServerLog.HandlerThrew(_settings.Logger, exception, _method.FullName);
        var detail = _settings.Options.EnableDetailedErrors == true
            ? $"Exception was thrown by handler. {exception.GetType().Name}: {exception.Message}"
            : "Exception was thrown by handler.";
        return (new Status(StatusCode.Unknown, detail), Metadata.Empty);
    }

    private bool IsStopping() =>
        HttpContext.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping.IsCancellationRequested == true;
}
