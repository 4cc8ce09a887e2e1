namespace Fovea.Executor.Decode;

/// <summary>Checks <see cref="SamplingOptions"/> and names every fault.</summary>
internal static class SamplingOptionsValidator
{
    /// <summary>Highest temperature.</summary>
    public const double MaxTemperature = 100;

    /// <summary>Most stop strings.</summary>
    public const int MaxStops = 16;

    /// <summary>Longest stop string, in UTF-16 units.</summary>
    public const int MaxStopLength = 256;

    /// <summary>Most alternatives with log probabilities.</summary>
    public const int MaxLogProbs = 20;

    /// <summary>
    /// All faults, none when the options can be used; <paramref name="maxTokensLimit"/> is the service's own limit on new tokens.
    /// </summary>
    public static IReadOnlyList<string> Validate(SamplingOptions options, int maxTokensLimit)
    {
        var faults = new List<string>();
        if (!(options.Temperature is >= 0 and <= MaxTemperature))
        {
            faults.Add($"temperature is {options.Temperature}, outside [0, {MaxTemperature}]");
        }

        if (!(options.TopP is > 0 and <= 1))
        {
            faults.Add($"top_p is {options.TopP}, outside (0, 1]");
        }

        if (options.TopK < 0)
        {
            faults.Add($"top_k is {options.TopK}, below 0");
        }

        if (options.MaxTokens < 1 || options.MaxTokens > maxTokensLimit)
        {
            faults.Add($"max_tokens is {options.MaxTokens}, outside [1, {maxTokensLimit}]");
        }

        if (options.LogProbs is < 0 or > MaxLogProbs)
        {
            faults.Add($"logprobs is {options.LogProbs}, outside [0, {MaxLogProbs}]");
        }

        AddStopFaults(options.Stops, faults);
        return faults;
    }

    private static void AddStopFaults(IReadOnlyList<string> stops, List<string> faults)
    {
        if (stops.Count > MaxStops)
        {
            faults.Add($"stop has {stops.Count} strings, more than {MaxStops}");
        }

        for (var index = 0; index < Math.Min(stops.Count, MaxStops); index++)
        {
            if (stops[index].Length is 0 or > MaxStopLength)
            {
                faults.Add($"stop[{index}] has {stops[index].Length} characters, outside [1, {MaxStopLength}]");
            }
        }
    }
}
