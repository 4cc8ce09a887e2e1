using Fovea.ServiceDefaults.Quotas;
using Fovea.ServiceDefaults.Security;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Fovea.ServiceDefaults.Streams;

/// <summary>Tells handlers who calls, and bounds how much and how long a stream may take.</summary>
internal sealed class StreamInterceptor : Interceptor
{
    private const string HttpContextKey = "__HttpContext";

    private readonly StreamLimits _limits;
    private readonly ExecutorIdRule _ids;
    private readonly TimeProvider _time;

    /// <summary>Bounds by these limits.</summary>
    public StreamInterceptor(StreamLimits limits, ExecutorIdRule ids, TimeProvider time)
    {
        _limits = limits;
        _ids = ids;
        _time = time;
    }

    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Introduce(context);
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = null;
        await BoundAsync(context, async bounded => response = await continuation(Bound(requestStream, context), bounded).ConfigureAwait(false)).ConfigureAwait(false);
        return response!;
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        BoundAsync(context, bounded => continuation(request, responseStream, bounded));

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        BoundAsync(context, bounded => continuation(Bound(requestStream, context), responseStream, bounded));

    private static CallIdentity Introduce(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        http.Features.Get<RequestClock>()?.Dispose();
        var identity = http.Features.Get<CallIdentity>() ?? CallIdentity.Anonymous;
        identity.AttachTo(context);
        http.Features.Get<CallTenant>()?.AttachTo(context);
        return identity;
    }

    private IAsyncStreamReader<T> Bound<T>(IAsyncStreamReader<T> reader, ServerCallContext context)
        where T : class
    {
        var bounded = _limits.BoundsRequests ? new BoundedReader<T>(reader, _limits, _time) : reader;
        return _ids.IsInForce ? new NamedReader<T>(bounded, _ids, context) : bounded;
    }

    private async Task BoundAsync(ServerCallContext context, Func<ServerCallContext, Task> call)
    {
        var identity = Introduce(context);
        if (AgeLeft(context.Method, identity) is not { } age)
        {
            await call(context).ConfigureAwait(false);
            return;
        }

        using var old = new CancellationTokenSource(age, _time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(old.Token, context.CancellationToken);
        context.UserState[HttpContextKey] = context.GetHttpContext();
        try
        {
            await call(new BoundedContext(context, ends.Token)).ConfigureAwait(false);
        }
        catch (Exception) when (old.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(
                new Status(StatusCode.Unavailable, $"The stream has run for {age}, as long as it may; open another."),
                new Metadata { { CallRefusal.PushBackKey, "0" } });
        }
    }

    /// <summary>How old the stream may get: no older than its limit, nor than the caller's credentials.</summary>
    private TimeSpan? AgeLeft(string method, CallIdentity identity)
    {
        var age = _limits.AgeOf(method);
        if (!identity.IsAuthenticated)
        {
            return age > TimeSpan.Zero ? age : null;
        }

        var valid = identity.Expires - _time.GetUtcNow();
        valid = valid > TimeSpan.Zero ? valid : TimeSpan.FromTicks(1);
        var left = age > TimeSpan.Zero && age < valid ? age : valid;
        return left < StreamOptionsValidator.MostAge ? left : age > TimeSpan.Zero ? age : null;
    }
}
