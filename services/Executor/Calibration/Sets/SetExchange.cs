using System.Runtime.CompilerServices;
using Fovea.Contracts.V1;
using Fovea.Executor.Intake;
using Fovea.ServiceDefaults.Clients;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Calibration.Sets;

/// <summary>Moves question sets between callers, this executor and others.</summary>
internal sealed class SetExchange
{
    private readonly SetStore _store;
    private readonly CalibrationOptions _options;
    private readonly IntakeOptions _intake;
    private readonly ClientSecurity _security;

    /// <summary>Moves sets in and out of a store.</summary>
    public SetExchange(SetStore store, IOptions<CalibrationOptions> options, IOptions<IntakeOptions> intake, ClientSecurity security)
    {
        _store = store;
        _options = options.Value;
        _intake = intake.Value;
        _security = security;
    }

    /// <summary>Takes a set in.</summary>
    /// <exception cref="RequestRefusedException">Something is wrong with it; it carries every fault.</exception>
    public async Task<StoredSet> ReceiveAsync(IAsyncEnumerable<SetPart> parts, CancellationToken cancellationToken)
    {
        var folder = _store.NewFolder();
        try
        {
            var digest = await SpoolAsync(parts, folder, cancellationToken).ConfigureAwait(false);
            return _store.Add(folder, digest);
        }
        finally
        {
            SetStore.Remove(folder);
        }
    }

    /// <summary>Gives a set out, as it was put.</summary>
    public static async IAsyncEnumerable<SetPart> SendAsync(StoredSet set, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var questions = new SetQuestions { Name = set.Name };
        questions.Questions.AddRange(set.Questions);
        yield return new SetPart { Questions = questions };
        foreach (var key in set.Images)
        {
            var bytes = await set.ReadImageAsync(key, cancellationToken).ConfigureAwait(false);
            yield return new SetPart { Image = new SetImage { Key = key, Data = UnsafeByteOperations.UnsafeWrap(bytes) } };
        }
    }

    /// <summary>Copies a set from another executor; one that is held already stays.</summary>
    /// <exception cref="RequestRefusedException">The address is none, the other executor does not give the set, or it gives another.</exception>
    public async Task<StoredSet> FetchAsync(string digest, string from, CancellationToken cancellationToken)
    {
        using var held = _store.Find(digest);
        if (held is not null)
        {
            return held.Set;
        }

        using var channel = _security.Open(Address(from), new GrpcChannelOptions { MaxReceiveMessageSize = _intake.MaxRequestBytes });
        using var call = new Contracts.V1.CalibrationService.CalibrationServiceClient(channel)
            .GetSet(new GetSetRequest { Digest = digest }, cancellationToken: cancellationToken);
        var folder = _store.NewFolder();
        try
        {
            var given = await SpoolAsync(call.ResponseStream.ReadAllAsync(cancellationToken), folder, cancellationToken).ConfigureAwait(false);
            return given == digest
                ? _store.Add(folder, digest)
                : throw new RequestRefusedException(RefusalReason.PeerFailed, $"'{from}' gave a set of digest '{given}' for '{digest}'.");
        }
        catch (RpcException e) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = e.StatusCode == StatusCode.NotFound ? RefusalReason.UnknownSet : RefusalReason.PeerFailed;
            throw new RequestRefusedException(reason, $"'{from}' did not give set '{digest}': {e.Status.Detail}");
        }
        finally
        {
            SetStore.Remove(folder);
        }
    }

    private static Uri Address(string from)
    {
        if (Uri.TryCreate(from, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") && address.Host.Length > 0)
        {
            return address;
        }

        throw new RequestRefusedException(
            [new RequestFault(RefusalReason.Invalid, "from", $"'{from}' is no address such as http://10.0.0.7:7081.")]);
    }

    private async Task<string> SpoolAsync(IAsyncEnumerable<SetPart> parts, string folder, CancellationToken cancellationToken)
    {
        var receiver = new SetReceiver(folder, _options, _intake);
        await foreach (var part in parts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            receiver.Take(part);
        }

        return receiver.Finish();
    }
}
