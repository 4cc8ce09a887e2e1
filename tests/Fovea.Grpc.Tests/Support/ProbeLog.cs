using Grpc.Core;

namespace Fovea.GrpcTests.Support;

/// <summary>What a test's server saw: contexts of its calls, messages both ways, and how many handlers run.</summary>
internal sealed class ProbeLog
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Signal _entered = new();
    private readonly Signal _left = new();
    private readonly Signal _received = new();
    private readonly Signal _sent = new();

    /// <summary>Completes when the test lets deaf handlers go.</summary>
    public Task Released => _release.Task;

    /// <summary>Handlers that began.</summary>
    public Signal Entered => _entered;

    /// <summary>Handlers that ended.</summary>
    public Signal Left => _left;

    /// <summary>Requests read.</summary>
    public Signal ReceivedCount => _received;

    /// <summary>Responses written.</summary>
    public Signal SentCount => _sent;

    /// <summary>The context of the last call.</summary>
    public ServerCallContext? LastContext { get; private set; }

    /// <summary>What the last call's context said while the call ran.</summary>
    public (string Method, string Host, string Peer, bool Authenticated) LastSeen { get; private set; }

    /// <summary>Whether the last call's token was cancelled when its handler ended.</summary>
    public bool LastWasCancelled { get; private set; }

    public void Release() => _release.TrySetResult();

    public void Received() => _received.Add();

    public void Sent() => _sent.Add();

    public IDisposable Enter(ServerCallContext context)
    {
        LastContext = context;
        LastSeen = (context.Method, context.Host, context.Peer, context.AuthContext.IsPeerAuthenticated);
        _ = context.CancellationToken;
        _entered.Add();
        return new Exit(this, context);
    }

    private sealed class Exit : IDisposable
    {
        private readonly ProbeLog _log;
        private readonly ServerCallContext _context;

        public Exit(ProbeLog log, ServerCallContext context)
        {
            _log = log;
            _context = context;
        }

        public void Dispose()
        {
            _log.LastWasCancelled = _context.CancellationToken.IsCancellationRequested;
            _log._left.Add();
        }
    }
}
