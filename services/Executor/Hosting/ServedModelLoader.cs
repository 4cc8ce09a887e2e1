using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Torch;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Hosting;

/// <summary>Loads the model that the options name, with its prompts and image inputs.</summary>
internal sealed class ServedModelLoader
{
    private const int DefaultMaxTokens = 256;

    private readonly ModelOptions _options;
    private readonly EngineOptions _engine;
    private readonly TimeProvider _time;

    /// <summary>Reads the options; nothing is loaded yet.</summary>
    public ServedModelLoader(IOptions<ModelOptions> options, IOptions<EngineOptions> engine, TimeProvider time)
    {
        _options = options.Value;
        _engine = engine.Value;
        _time = time;
    }

    /// <summary>Loads the model.</summary>
    /// <exception cref="AggregateException">Files cannot be used; the inner exceptions name every fault of each.</exception>
    public async Task<ServedModel> LoadAsync()
    {
        var folder = _options.Directory;
        var faults = new List<Exception>();
        var tokenizer = Try(() => TokenizerLoader.Load(folder), faults);
        var defaults = Try(() => GenerationDefaults.Read(folder), faults);
        var front = tokenizer is null ? null : Try(() => ModelFront.Read(folder, tokenizer), faults);
        var engine = await StartAsync(faults).ConfigureAwait(false);
        CheckVocabulary(tokenizer, engine, faults);
        if (faults.Count > 0)
        {
            if (engine is not null)
            {
                await engine.DisposeAsync().ConfigureAwait(false);
            }

            throw new AggregateException(faults);
        }

        return new ServedModel(
            engine!,
            front!,
            tokenizer!,
            [.. defaults!.EndTokenIds],
            defaults.MaxNewTokens ?? DefaultMaxTokens,
            new ModelPlacement(ModelFamilies.Of(folder).ModelType, NameOf(DType), _options.Device));
    }

    // On a CPU without fast bf16 every product would first be widened to fp32.
    private ScalarType Automatic => Device.Parse(_options.Device).Type == DeviceType.CPU && !torch.HasFastBFloat16OnCpu
        ? ScalarType.Float32
        : ScalarType.BFloat16;

    private ScalarType DType => _options.DType switch
    {
        "fp32" => ScalarType.Float32,
        "fp16" => ScalarType.Float16,
        "bf16" => ScalarType.BFloat16,
        _ => Automatic,
    };

    private async Task<InferenceEngine?> StartAsync(List<Exception> faults)
    {
        try
        {
            var source = new ModelSource(_options.Directory, _options.EffectiveName, DType, Device.Parse(_options.Device));
            return await InferenceEngine.StartAsync(() => ModelLoader.Load(source), _engine, _time).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFault(e))
        {
            faults.Add(e);
            return null;
        }
    }

    private void CheckVocabulary(ITokenizer? tokenizer, InferenceEngine? engine, List<Exception> faults)
    {
        if (tokenizer is not null && engine is not null && tokenizer.VocabularySize > engine.Profile.Shape.Language.VocabSize)
        {
            var fault = $"the tokenizer has ids up to {tokenizer.VocabularySize - 1}, but the model's tokens end at {engine.Profile.Shape.Language.VocabSize - 1} (vocab_size)";
            faults.Add(new CheckpointException(_options.Directory, [fault]));
        }
    }

    private static T? Try<T>(Func<T> read, List<Exception> faults)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsFault(e))
        {
            faults.Add(e);
            return null;
        }
    }

    private static bool IsFault(Exception error) =>
        error is CheckpointException or TorchException or DllNotFoundException
            or IOException or UnauthorizedAccessException or ArgumentException;

    private static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => "fp32",
        ScalarType.Float16 => "fp16",
        _ => "bf16",
    };
}
