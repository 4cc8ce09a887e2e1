using Fovea.Cli.Fleet;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Sets;

/// <summary>Brings question sets to executors; one that holds a set already is sent nothing.</summary>
internal static class SetUploader
{
    /// <summary>Brings the sets to every executor and returns a reference to each set, in order.</summary>
    /// <param name="executors">Sessions of the executors.</param>
    /// <param name="sets">The sets.</param>
    /// <param name="note">Takes a line for each upload.</param>
    /// <param name="cancellationToken">Ends the uploads.</param>
    /// <exception cref="CliException">An executor took a set under another digest than that of the folder.</exception>
    public static async Task<IReadOnlyList<SetReference>> EnsureAsync(
        IReadOnlyList<ExecutorSession> executors, IReadOnlyList<QuestionSet> sets, Action<string> note, CancellationToken cancellationToken)
    {
        var references = new List<SetReference>();
        foreach (var set in sets)
        {
            var digest = await SetDigest.OfAsync(set, cancellationToken);
            await Task.WhenAll(executors.Select(executor => EnsureAsync(executor, set, digest, note, cancellationToken)));
            references.Add(new SetReference { Digest = digest, Name = set.Name, Questions = set.Questions.Count });
        }

        return references;
    }

    private static async Task EnsureAsync(ExecutorSession executor, QuestionSet set, string digest, Action<string> note, CancellationToken cancellationToken)
    {
        var client = new CalibrationService.CalibrationServiceClient(executor.Session.Channel);
        var known = await client.DescribeCalibrationAsync(new DescribeCalibrationRequest(), executor.Session.Call(cancellationToken));
        if (known.Sets.Any(held => held.Digest == digest))
        {
            return;
        }

        var summary = await PutAsync(client, set, cancellationToken);
        if (summary.Digest != digest)
        {
            throw new CliException(ExitCodes.Failed, $"executor {executor.Id} took set '{set.Name}' as {summary.Digest}, its folder is {digest}");
        }

        note($"sent set '{set.Name}' to {executor.Id}: {summary.Questions} questions, {summary.Images} images, {summary.Bytes} bytes");
    }

    private static async Task<SetSummary> PutAsync(CalibrationService.CalibrationServiceClient client, QuestionSet set, CancellationToken cancellationToken)
    {
        using var call = client.PutSet(ServiceSession.Stream(cancellationToken));
        try
        {
            await call.RequestStream.WriteAsync(new SetPart { Questions = set.ToProto() }, cancellationToken);
            await foreach (var image in set.ReadImagesAsync(cancellationToken))
            {
                await call.RequestStream.WriteAsync(new SetPart { Image = image }, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The answer says why the executor stopped reading.
        }

        return await call;
    }
}
