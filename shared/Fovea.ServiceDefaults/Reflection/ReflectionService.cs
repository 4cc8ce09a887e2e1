using Fovea.ServiceDefaults.Drain;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Fovea.ServiceDefaults.Reflection;

/// <summary>Serves <c>grpc.reflection.v1.ServerReflection</c>.</summary>
internal sealed class ReflectionService : ServerReflection.ServerReflectionBase
{
    private readonly ReflectionAnswers _answers;
    private readonly DrainSignal _drain;

    /// <summary>Serves these answers until the server drains.</summary>
    public ReflectionService(ReflectionAnswers answers, DrainSignal drain)
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
            await responseStream.WriteAsync(_answers.Answer(requestStream.Current));
        }
    }
}
