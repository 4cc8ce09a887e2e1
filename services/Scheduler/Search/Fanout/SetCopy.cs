using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Sees to it that an executor has the right model loaded and holds the set; images go from executor to executor.</summary>
internal sealed class SetCopy
{
    private readonly LinkContext _context;
    private readonly ExecutorLink _link;

    /// <summary>Makes the step of a link.</summary>
    public SetCopy(LinkContext context, ExecutorLink link)
    {
        _context = context;
        _link = link;
    }

    /// <summary>Returns once the executor holds the set.</summary>
    /// <exception cref="LinkException">Another model is loaded, or no executor could give the set.</exception>
    public async Task EnsureAsync(CalibrationService.CalibrationServiceClient client, CancellationToken cancellationToken)
    {
        var options = _context.Tools.Options;
        var description = await LimitedCall.RunAsync(
            token => client.DescribeCalibrationAsync(new DescribeCalibrationRequest(), cancellationToken: token).ResponseAsync,
            options.CallTimeout,
            _context.Tools.Time,
            cancellationToken);
        var target = _context.Target;
        if (description.Model?.Name != target.Model || description.Model?.Revision != target.ModelRevision)
        {
            throw new LinkException($"it has model {description.Model?.Name} revision {description.Model?.Revision} loaded");
        }

        if (!description.Sets.Any(set => set.Digest == target.SetDigest))
        {
            await FetchAsync(client, cancellationToken);
        }

        _context.Holders.Add(_link.Address);
    }

    private async Task FetchAsync(CalibrationService.CalibrationServiceClient client, CancellationToken cancellationToken)
    {
        _context.Holders.Remove(_link.Address);
        foreach (var holder in await _context.Holders.WaitAsync(cancellationToken))
        {
            var request = new FetchSetRequest { Digest = _context.Target.SetDigest, From = holder };
            try
            {
                await LimitedCall.RunAsync(
                    token => client.FetchSetAsync(request, cancellationToken: token).ResponseAsync,
                    _context.Tools.Options.LongCallTimeout,
                    _context.Tools.Time,
                    cancellationToken);
                FanoutLog.SetFetched(_context.Tools.Logger, _link.ExecutorId, request.Digest, holder);
                return;
            }
            catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
            {
                FanoutLog.SetNotFetched(_context.Tools.Logger, _link.ExecutorId, request.Digest, holder, exception.Status.Detail);
            }
        }

        throw new LinkException($"no executor could give it set {_context.Target.SetDigest}");
    }
}
