using Fovea.ServiceDefaults.Hosting;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Streams;

/// <summary>Reports everything that is wrong with the options at once.</summary>
internal sealed class StreamOptionsValidator : IValidateOptions<StreamOptions>
{
    /// <summary>The longest time that a stream may be given.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StreamOptions options)
    {
        var faults = new OptionFaults(StreamOptions.Section);
        faults.Range(nameof(options.LinkMaxAge), options.LinkMaxAge ?? TimeSpan.Zero, TimeSpan.Zero, MostAge);
        faults.Range(nameof(options.MaxAge), options.MaxAge ?? TimeSpan.Zero, TimeSpan.Zero, MostAge);
        faults.Range(nameof(options.RequestTimeout), options.RequestTimeout ?? TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromDays(1));
        faults.Range(nameof(options.MaxMessages), options.MaxMessages, 0, long.MaxValue);
        faults.Range(nameof(options.MessagesPerSecond), options.MessagesPerSecond, 0, 1e9);
        faults.Range(nameof(options.MessageBurst), options.MessageBurst, 0, 1e9);
        return faults.Result;
    }
}
