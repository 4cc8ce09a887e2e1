using Grpc.Core;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Passes messages on as long as none names an executor's id that the caller may not use.</summary>
internal sealed class NamedReader<T> : IAsyncStreamReader<T>
    where T : class
{
    private readonly IAsyncStreamReader<T> _inner;
    private readonly ExecutorIdRule _ids;
    private readonly ServerCallContext _context;

    /// <summary>Watches a reader.</summary>
    public NamedReader(IAsyncStreamReader<T> inner, ExecutorIdRule ids, ServerCallContext context)
    {
        _inner = inner;
        _ids = ids;
        _context = context;
    }

    /// <inheritdoc/>
    public T Current => _inner.Current;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!await _inner.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        _ids.Require(_context, _inner.Current);
        return true;
    }
}
