using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Policies;

/// <summary>Holds the options that put a policy on trial and say when the trial is ended.</summary>
internal sealed class CanaryOptions
{
    private readonly Option<double?> _share = new("--canary")
    {
        HelpName = "SHARE",
        Description = "Serve only this share of requests by the policy, on trial, above 0 and below 1",
    };

    private readonly Option<int?> _requests = Guard<int?>("--min-requests", "N", "End the canary by its rates only after this many of its requests (20)");
    private readonly Option<double?> _errors = Guard<double?>("--max-error-rate-above", "X", "Highest share of failures above that of the rest (0.02)");
    private readonly Option<double?> _ttft = Guard<double?>("--max-ttft-ratio", "X", "Highest median time to first token, as a multiple of that of the rest (1.5)");
    private readonly Option<double?> _agreement = Guard<double?>("--min-agreement", "X", "Lowest agreement with the full model, on requests that are answered twice");
    private readonly Option<double?> _shadow = Guard<double?>("--shadow-share", "X", "Share of the canary's requests that are answered twice (0.05 with --min-agreement)");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _share, _requests, _errors, _ttft, _agreement, _shadow })
        {
            command.Add(option);
        }
    }

    /// <summary>Returns whether a canary is asked for.</summary>
    public bool IsGiven(ParseResult result) => result.GetValue(_share) is not null;

    /// <summary>Writes what is given into the request.</summary>
    /// <exception cref="CliException">The share is none, or limits are given without a share.</exception>
    public void Write(ParseResult result, ApplyPolicyRequest request)
    {
        var guard = ReadGuard(result);
        if (result.GetValue(_share) is { } share)
        {
            // 0 would be no trial at all on the wire, which is not what was asked for.
            request.CanaryShare = share is > 0 and < 1
                ? share
                : throw new CliException(ExitCodes.Usage, FormattableString.Invariant($"--canary {share} is not between 0 and 1"));
            request.Guard = guard;
        }
        else if (guard.CalculateSize() > 0)
        {
            throw new CliException(ExitCodes.Usage, "limits of a canary are given without --canary");
        }
    }

    private CanaryGuard ReadGuard(ParseResult result)
    {
        var guard = new CanaryGuard();
        if (result.GetValue(_requests) is { } requests)
        {
            guard.MinRequests = requests;
        }

        if (result.GetValue(_errors) is { } errors)
        {
            guard.MaxErrorRateAbove = errors;
        }

        if (result.GetValue(_ttft) is { } ratio)
        {
            guard.MaxTtftRatio = ratio;
        }

        if (result.GetValue(_agreement) is { } agreement)
        {
            guard.MinAgreement = agreement;
        }

        if (result.GetValue(_shadow) is { } shadow)
        {
            guard.ShadowShare = shadow;
        }

        return guard;
    }

    private static Option<T> Guard<T>(string name, string help, string description) => new(name) { HelpName = help, Description = description };
}
