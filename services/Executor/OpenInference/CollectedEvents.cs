using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Executor.OpenInference;

/// <summary>Takes an answer's events instead of a caller's stream; written to by one request.</summary>
internal sealed class CollectedEvents : IServerStreamWriter<GenerateEvent>
{
    private readonly List<int> _tokenIds = [];

    /// <summary>The plan that serves the request, or null before it is admitted.</summary>
    public Admitted? Admitted { get; private set; }

    /// <summary>What was done, or null before the answer is whole.</summary>
    public Done? Done { get; private set; }

    /// <summary>Ids of the answer's tokens, in order.</summary>
    public IReadOnlyList<int> TokenIds => _tokenIds;

    /// <inheritdoc/>
    public WriteOptions? WriteOptions { get; set; }

    /// <inheritdoc/>
    public Task WriteAsync(GenerateEvent message)
    {
        Admitted ??= message.Admitted;
        Done ??= message.Done;
        _tokenIds.AddRange(message.Delta?.TokenIds ?? []);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteAsync(GenerateEvent message, CancellationToken cancellationToken) => WriteAsync(message);
}
