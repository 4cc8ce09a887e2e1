using System.CommandLine;
using Fovea.Cli.Plans;
using Fovea.Cli.Shell;
using Grpc.Core;

namespace Fovea.Cli.Generation;

/// <summary>Is <c>generate</c>: asks a question about images and prints the answer as it comes.</summary>
internal sealed class GenerateCommand : ServiceCommand
{
    private const string TenantKey = "fovea-tenant";

    private readonly Option<string[]> _images = new("--image") { HelpName = "FILE", Description = "PNG, JPEG or WebP; may be given again", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _prompt = new("--prompt") { Required = true, HelpName = "TEXT", Description = "Question" };
    private readonly Option<string> _class = new("--class") { HelpName = "CLASS", Description = "Class of the request, for the policy" };
    private readonly Option<string> _tenant = new("--tenant") { HelpName = "NAME", Description = "Tenant, sent as metadata" };
    private readonly Option<string> _heatmap = new("--heatmap") { HelpName = "FILE.png", Description = "Draw how deep each vision token got over the image" };
    private readonly PlanOptions _plan = new();
    private readonly SamplingOptions _sampling = new();

    /// <summary>Makes the command.</summary>
    public GenerateCommand(CliContext context)
        : base("generate", "Ask a question about images", context, EndpointOptions.Executor())
    {
        Add(_images);
        Add(_prompt);
        Add(_class);
        Add(_tenant);
        Add(_heatmap);
        _plan.AddTo(this);
        _sampling.AddTo(this);
        Validators.Add(result =>
        {
            if (result.GetValue(_heatmap) is not null && result.GetValue(_images) is not { Length: 1 })
            {
                result.AddError("--heatmap needs exactly one --image");
            }
        });
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var images = result.GetValue(_images) ?? [];
        var heatmap = result.GetValue(_heatmap);
        var request = await GenerateRequests.OfFilesAsync(images, result.GetRequiredValue(_prompt), cancellationToken);
        request.RequestClass = result.GetValue(_class) ?? string.Empty;
        request.Plan = _plan.Read(result);
        request.Sampling = _sampling.Read(result);
        request.ReportKept = heatmap is not null;

        using var session = Open(result);
        var answer = await new GenerationClient(session).AskAsync(request, cancellationToken, WantsJson(result) ? null : WriteLive, Headers(result));
        if (heatmap is not null)
        {
            await HeatmapFile.WriteAsync(heatmap, images[0], answer.Done, cancellationToken);
        }

        Print(answer, WantsJson(result));
        return ExitCodes.Ok;
    }

    private void WriteLive(string text)
    {
        Context.Output.Write(text);
        Context.Output.Flush();
    }

    private Metadata? Headers(ParseResult result) =>
        result.GetValue(_tenant) is { } tenant ? new Metadata { { TenantKey, tenant } } : null;

    private void Print(GenerationAnswer answer, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(answer.ToJson());
            return;
        }

        var done = answer.Done;
        Context.Output.WriteLine();
        Context.Error.WriteLine(FormattableString.Invariant(
            $"plan {Short(done.PlanDigest)} of revision {done.Revision}{(done.Stale ? " (stale)" : string.Empty)}, counts {string.Join(' ', done.AppliedCounts)}"));
        Context.Error.WriteLine(FormattableString.Invariant(
            $"prefill {done.PrefillFlops / 1e9:F2} of {done.FullPrefillFlops / 1e9:F2} GFLOPs in {done.Times?.PrefillSeconds * 1e3:F1} ms, KV {done.KvBytes} of {done.FullKvBytes} bytes, {done.Usage?.CompletionTokens} tokens"));
    }

    private static string Short(string digest)
    {
        const int Shown = 12;
        return digest[..Math.Min(Shown, digest.Length)];
    }
}
