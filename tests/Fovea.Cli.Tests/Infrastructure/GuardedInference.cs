using System.Security.Cryptography.X509Certificates;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Tests.Infrastructure;

/// <summary>Is an executor that answers whoever shows the right certificate and token.</summary>
internal sealed class GuardedInference : InferenceService.InferenceServiceBase
{
    private readonly string _certificate;
    private readonly string _token;

    public GuardedInference(string certificate, string token) => (_certificate, _token) = (certificate, token);

    public override async Task Generate(GenerateRequest request, IServerStreamWriter<GenerateEvent> responseStream, ServerCallContext context)
    {
        var shown = context.GetHttpContext().Connection.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, false);
        if (shown != _certificate || context.RequestHeaders.GetValue("authorization") != $"Bearer {_token}")
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, $"'{shown}' is not let in"));
        }

        await responseStream.WriteAsync(new GenerateEvent { Admitted = new Admitted { ExecutorId = "guarded" } });
        await responseStream.WriteAsync(new GenerateEvent { Delta = new Delta { Text = "a" } });
        await responseStream.WriteAsync(new GenerateEvent
        {
            Done = new Done { Text = "a", PrefillFlops = 1e9, FullPrefillFlops = 2e9, AppliedCounts = { 8, 4 }, Usage = new Usage { VisionTokens = 8 } },
        });
    }
}
