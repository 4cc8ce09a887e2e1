using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Policies;

/// <summary>Is <c>policy watch</c>: follows changes of policies until it is interrupted.</summary>
internal sealed class PolicyWatchCommand : ServiceCommand
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Argument<string> _name = new("NAME") { Description = "Only this policy", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<long> _after = new("--after") { HelpName = "REVISION", Description = "Go on after this revision; the policies as they are come first unless given" };
    private readonly Option<string> _epoch = new("--epoch") { HelpName = "EPOCH", Description = "Epoch of the revision", DefaultValueFactory = _ => string.Empty };

    /// <summary>Makes the command.</summary>
    public PolicyWatchCommand(CliContext context)
        : base("watch", "Follow changes of policies; with --json one document in each line", context, EndpointOptions.Scheduler())
    {
        Add(_name);
        Add(_after);
        Add(_epoch);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var session = Open(result);
        var client = new PolicyService.PolicyServiceClient(session.Channel);
        var request = new WatchPoliciesRequest
        {
            Name = result.GetValue(_name) ?? string.Empty,
            AfterRevision = result.GetValue(_after),
            Epoch = result.GetValue(_epoch) ?? string.Empty,
        };
        var first = request.AfterRevision;
        while (true)
        {
            try
            {
                await FollowAsync(client, request, WantsJson(result), cancellationToken);
                throw new CliException(ExitCodes.Unavailable, "the scheduler ended the watch");
            }
            catch (RpcException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable && request.AfterRevision > first)
            {
                // What was received last is known, so nothing is missed by asking again.
                await Context.Error.WriteLineAsync($"fovea: the scheduler is away ({exception.Status.Detail}); going on after revision {request.AfterRevision}");
                await Task.Delay(RetryAfter, Context.Time, cancellationToken);
            }
        }
    }

    private async Task FollowAsync(
        PolicyService.PolicyServiceClient client, WatchPoliciesRequest request, bool wantsJson, CancellationToken cancellationToken)
    {
        using var call = client.WatchPolicies(request.Clone(), ServiceSession.Stream(cancellationToken));
        await foreach (var change in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (wantsJson)
            {
                Context.WriteJson(MessageJson.Of(change));
            }
            else
            {
                Context.Output.WriteLine(TextOf(change));
            }

            if (change.Revision > 0)
            {
                (request.AfterRevision, request.Epoch) = (change.Revision, change.Epoch);
            }
        }
    }

    private static string TextOf(PolicyEvent change)
    {
        if (change.Change is not { } version)
        {
            return $"-- as it is at revision {change.Revision}, epoch {change.Epoch}";
        }

        var cells = PolicyVersionText.Cells(version).Where(cell => cell.Length > 0);
        return $"{version.Name}  {string.Join("  ", cells)}";
    }
}
