using Fovea.GrpcTests.Protos;
using Fovea.GrpcTests.Support;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.GrpcTests.Calls;

public sealed class InterceptorTests : ProbeFixture
{
    internal override ProbeServerSetup Setup { get; } = new()
    {
        Options = options => options.Interceptors.Add<NamingInterceptor>("outer"),
        ServiceOptions = options => options.Interceptors.Add<NamingInterceptor>("inner"),
    };

    [Fact]
    public async Task Server_TwoInterceptors_SeeEveryKindInOrder()
    {
        using var unary = Client.UnaryAsync(new Ask());
        await unary;
        Assert.Equal(["outer", "inner"], Names(unary.GetTrailers()));

        using var upload = Client.ClientStream();
        await upload.RequestStream.CompleteAsync();
        await upload;
        Assert.Equal(["outer", "inner"], Names(upload.GetTrailers()));

        using var download = Client.ServerStream(new Ask());
        Assert.False(await download.ResponseStream.MoveNext(default));
        Assert.Equal(["outer", "inner"], Names(download.GetTrailers()));

        using var duplex = Client.Duplex();
        await duplex.RequestStream.CompleteAsync();
        Assert.False(await duplex.ResponseStream.MoveNext(default));
        Assert.Equal(["outer", "inner"], Names(duplex.GetTrailers()));
    }

    [Fact]
    public async Task Client_InterceptorsOnChannel_SeeEveryKindFirstOneFirst()
    {
        var seen = new List<string>();
        var client = new Probe.ProbeClient(Channel.Intercept(new NotingInterceptor("a", seen), new NotingInterceptor("b", seen)));

        await client.UnaryAsync(new Ask());
        client.Unary(new Ask());
        using var upload = client.ClientStream();
        using var download = client.ServerStream(new Ask());
        using var duplex = client.Duplex();

        Assert.Equal(
            ["a Unary", "b Unary", "a Unary", "b Unary", "a ClientStream", "b ClientStream", "a ServerStream", "b ServerStream", "a Duplex", "b Duplex"],
            seen);
    }

    [Fact]
    public async Task Client_MetadataFunction_AddsHeaders()
    {
        var client = new Probe.ProbeClient(Channel.Intercept(headers =>
        {
            headers.Add("added", "yes");
            return headers;
        }));

        await client.UnaryAsync(new Ask());

        Assert.Equal("yes", Server.Log.LastContext!.RequestHeaders.GetValue("added"));
    }

    private static IEnumerable<string> Names(Metadata trailers) => trailers.GetAll("passed").Select(entry => entry.Value);

    /// <summary>Leaves its name in the trailers of every call.</summary>
    internal sealed class NamingInterceptor : Interceptor
    {
        private readonly string _name;

        public NamingInterceptor(string name)
        {
            _name = name;
        }

        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            context.ResponseTrailers.Add("passed", _name);
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            ServerCallContext context,
            ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            context.ResponseTrailers.Add("passed", _name);
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            context.ResponseTrailers.Add("passed", _name);
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            context.ResponseTrailers.Add("passed", _name);
            return continuation(requestStream, responseStream, context);
        }
    }

    private sealed class NotingInterceptor : Interceptor
    {
        private readonly string _name;
        private readonly List<string> _seen;

        public NotingInterceptor(string name, List<string> seen)
        {
            _name = name;
            _seen = seen;
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            _seen.Add($"{_name} {context.Method.Name}");
            return continuation(request, context);
        }

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            _seen.Add($"{_name} {context.Method.Name}");
            return continuation(request, context);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            _seen.Add($"{_name} {context.Method.Name}");
            return continuation(request, context);
        }

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            _seen.Add($"{_name} {context.Method.Name}");
            return continuation(context);
        }

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        {
            _seen.Add($"{_name} {context.Method.Name}");
            return continuation(context);
        }
    }
}
