namespace Grpc.Core;

/// <summary>Writes the responses of a call; the end of the handler ends them.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
