using System.CommandLine;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Generation;

/// <summary>Holds the options that say how tokens are chosen.</summary>
internal sealed class SamplingOptions
{
    private const int MostTokens = 1 << 20;

    private readonly Option<int> _maxTokens = new("--max-tokens") { HelpName = "N", Description = "Most tokens of the answer; the model's own setting when 0" };
    private readonly Option<float> _temperature = new("--temperature") { HelpName = "T", Description = "0 is greedy" };
    private readonly Option<int> _topK = new("--top-k") { HelpName = "K", Description = "0 is off" };
    private readonly Option<float> _topP = new("--top-p") { HelpName = "P", Description = "0 is off" };
    private readonly Option<ulong> _seed = new("--seed") { HelpName = "N", Description = "Seed of the sampling" };
    private readonly Option<string[]> _stop = new("--stop") { HelpName = "TEXT", Description = "End before this text; may be given again" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Ranges.Bound(_maxTokens, 0, MostTokens);
        Ranges.Bound(_topK, 0, MostTokens);
        foreach (var option in new Option[] { _maxTokens, _temperature, _topK, _topP, _seed, _stop })
        {
            command.Add(option);
        }
    }

    /// <summary>Returns what was asked for.</summary>
    public Sampling Read(ParseResult result) => new()
    {
        MaxTokens = result.GetValue(_maxTokens),
        Temperature = result.GetValue(_temperature),
        TopK = result.GetValue(_topK),
        TopP = result.GetValue(_topP),
        Seed = result.GetValue(_seed),
        Stop = { result.GetValue(_stop) ?? [] },
    };
}
