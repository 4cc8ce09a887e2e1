using Fovea.ServiceDefaults.Drain;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Current = Grpc.Reflection.V1;

namespace Fovea.ServiceDefaults.Reflection;

/// <summary>Serves <c>grpc.reflection.v1alpha.ServerReflection</c>, whose messages have the same bytes as those of v1.</summary>
internal sealed class ReflectionAlphaService : ServerReflection.ServerReflectionBase
{
    private readonly ReflectionAnswers _answers;
    private readonly DrainSignal _drain;

    /// <summary>Serves these answers until the server drains.</summary>
    public ReflectionAlphaService(ReflectionAnswers answers, DrainSignal drain)
    {
        _answers = answers;
        _drain = drain;
    }

    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        using var stop = _drain.Link(context.CancellationToken);
        while (await requestStream.MoveNext(stop.Token))
        {
            var request = Current.ServerReflectionRequest.Parser.ParseFrom(requestStream.Current.ToByteString());
            var response = _answers.Answer(request);
            await responseStream.WriteAsync(ServerReflectionResponse.Parser.ParseFrom(response.ToByteString()));
        }
    }
}
