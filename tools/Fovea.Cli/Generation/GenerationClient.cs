using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Generation;

/// <summary>Asks an executor and gathers its answer.</summary>
internal sealed class GenerationClient
{
    private readonly ServiceSession _session;
    private readonly InferenceService.InferenceServiceClient _client;

    /// <summary>Makes a client over a borrowed session.</summary>
    public GenerationClient(ServiceSession session)
    {
        _session = session;
        _client = new InferenceService.InferenceServiceClient(session.Channel);
    }

    /// <summary>Asks once; text is handed out as it comes.</summary>
    /// <exception cref="RpcException">The request was refused or failed.</exception>
    /// <exception cref="CliException">The stream ended without a complete answer.</exception>
    public async Task<GenerationAnswer> AskAsync(
        GenerateRequest request, CancellationToken cancellationToken, Action<string>? onText = null, Metadata? headers = null)
    {
        Admitted? admitted = null;
        Done? done = null;
        using var call = _client.Generate(request, _session.Call(cancellationToken, headers));
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            switch (answer.KindCase)
            {
                case GenerateEvent.KindOneofCase.Admitted:
                    admitted = answer.Admitted;
                    break;
                case GenerateEvent.KindOneofCase.Delta:
                    onText?.Invoke(answer.Delta.Text);
                    break;
                case GenerateEvent.KindOneofCase.Done:
                    done = answer.Done;
                    break;
            }
        }

        return admitted is not null && done is not null
            ? new GenerationAnswer(admitted, done)
            : throw new CliException(ExitCodes.Failed, $"{_session.Address} ended the answer without its {(admitted is null ? "plan" : "end")}");
    }

    /// <summary>Returns what the executor serves.</summary>
    public async Task<DescribeModelResponse> DescribeAsync(CancellationToken cancellationToken) =>
        await _client.DescribeModelAsync(new DescribeModelRequest(), _session.Call(cancellationToken));
}
