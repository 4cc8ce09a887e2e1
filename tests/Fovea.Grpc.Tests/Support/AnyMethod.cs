using System.Reflection;
using Fovea.Contracts.V1;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Fovea.GrpcTests.Support;

/// <summary>A method of the contracts that can be called without knowing its messages.</summary>
internal sealed class AnyMethod
{
    private readonly Method<byte[], byte[]> _method;

    private AnyMethod(MethodDescriptor descriptor)
    {
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        var type = (descriptor.IsClientStreaming, descriptor.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.DuplexStreaming,
        };
        _method = new Method<byte[], byte[]>(type, descriptor.Service.FullName, descriptor.Name, bytes, bytes);
    }

    /// <summary>Every method of every contract.</summary>
    public static IReadOnlyDictionary<string, AnyMethod> All { get; } = typeof(PolicyService).Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
        .Where(property => property?.PropertyType == typeof(ServiceDescriptor))
        .SelectMany(property => ((ServiceDescriptor)property!.GetValue(null)!).Methods)
        .Select(descriptor => new AnyMethod(descriptor))
        .ToDictionary(method => method.Path, StringComparer.Ordinal);

    public string Path => _method.FullName;

    public MethodType Type => _method.Type;

    /// <summary>Calls it with one empty message, or none on a stream, and gives the status.</summary>
    public async Task<StatusCode> CallAsync(CallInvoker invoker, Metadata? headers)
    {
        var options = new CallOptions(headers, DateTime.UtcNow.AddSeconds(30));
        try
        {
            await RunAsync(invoker, options);
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }

    private async Task RunAsync(CallInvoker invoker, CallOptions options)
    {
        switch (Type)
        {
            case MethodType.Unary:
                await invoker.AsyncUnaryCall(_method, null, options, []).ResponseAsync;
                break;
            case MethodType.ClientStreaming:
                using (var call = invoker.AsyncClientStreamingCall(_method, null, options))
                {
                    await call.RequestStream.CompleteAsync();
                    await call.ResponseAsync;
                }

                break;
            case MethodType.ServerStreaming:
                // A stream that has answered once was allowed; that of health would never end.
                using (var call = invoker.AsyncServerStreamingCall(_method, null, options, []))
                {
                    await call.ResponseStream.MoveNext(default);
                }

                break;
            default:
                using (var call = invoker.AsyncDuplexStreamingCall(_method, null, options))
                {
                    await call.RequestStream.CompleteAsync();
                    await call.ResponseStream.MoveNext(default);
                }

                break;
        }
    }
}
