using Fovea.Contracts.V1;
using Fovea.Executor.Cache;
using Fovea.Executor.Intake;
using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Calibration.Studies;

/// <summary>Times a middle decoder layer over ever more rows, and what a prefill does beside its layers.</summary>
/// <remarks>Each length is a step of its own on the inference thread, so served requests go on between them.</remarks>
internal sealed class CostMeter
{
    private const int FirstRows = 32;
    private const int WarmUps = 1;
    private const int Runs = 5;
    private const int TextRows = 32;

    private readonly TimeProvider _time;

    /// <summary>Measures by a clock.</summary>
    public CostMeter(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Returns the lengths: 32, 64, 128, ... and the most.</summary>
    public static IReadOnlyList<int> Ladder(int mostRows)
    {
        var rows = new List<int>();
        for (long step = FirstRows; step < mostRows; step *= 2)
        {
            rows.Add((int)step);
        }

        rows.Add(mostRows);
        return rows;
    }

    /// <summary>Measures a model.</summary>
    /// <exception cref="RequestRefusedException">The most rows are no length of a prompt.</exception>
    public async Task<CostTable> MeasureAsync(ServedModel model, int mostRows, CancellationToken cancellationToken)
    {
        var limit = await model.Engine.RunAsideAsync((loaded, _) => loaded.Language.Rotary.Positions, cancellationToken).ConfigureAwait(false);
        if (mostRows < 1 || mostRows > limit)
        {
            throw new RequestRefusedException(
                [new RequestFault(RefusalReason.Invalid, "most_rows", $"{mostRows} is outside 1..{limit}, the positions of the model.")]);
        }

        var table = new CostTable
        {
            Model = model.Profile.Name,
            ModelRevision = model.Profile.Revision,
            Dtype = model.Placement.DType,
            Device = model.Placement.Device,
        };
        foreach (var rows in Ladder(mostRows))
        {
            var seconds = await model.Engine.RunAsideAsync((loaded, ends) => Layer(loaded.Language, rows, ends), cancellationToken)
                .ConfigureAwait(false);
            table.LayerTimes.Add(new LayerTime { Rows = rows, Seconds = seconds });
        }

        table.FixedSeconds = await model.Engine.RunAsideAsync((loaded, ends) => Fixed(loaded.Language, ends), cancellationToken).ConfigureAwait(false);
        return table;
    }

    private double Layer(ILanguageModel model, int rows, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var hidden = torch.randn([rows, model.Shape.HiddenSize]).to(model.DType).to(model.Device); // [S, C]
        return Median(
            () =>
            {
                using var run = torch.NewDisposeScope();
                using var cache = new LayerCache(model.Shape.KvHeads, rows, model.Shape.HeadDim, model.DType, model.Device);
                var begun = _time.GetTimestamp();
                model.RunLayer(model.Shape.Layers / 2, hidden, model.Rotary.Range(0, rows), cache, tap: null);
                Wait(model);
                return _time.GetElapsedTime(begun).TotalSeconds;
            },
            cancellationToken);
    }

    private double Fixed(ILanguageModel model, CancellationToken cancellationToken)
    {
        using var scope = torch.NewDisposeScope();
        var ids = torch.arange(TextRows, ScalarType.Int64, model.Device); // [T]
        return Median(
            () =>
            {
                using var run = torch.NewDisposeScope();
                var begun = _time.GetTimestamp();
                var embedded = model.Embed(ids.remainder(model.Shape.VocabSize).to(ScalarType.Int64)); // [T, C]
                model.Head(embedded.narrow(0, TextRows - 1, 1)).ToSingleArray();
                return _time.GetElapsedTime(begun).TotalSeconds;
            },
            cancellationToken);
    }

    private static double Median(Func<double> run, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        for (var count = 0; count < WarmUps + Runs; count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = run();
            if (count >= WarmUps)
            {
                seconds.Add(taken);
            }
        }

        seconds.Sort();
        return seconds[Runs / 2];
    }

    private static void Wait(ILanguageModel model)
    {
        if (model.Device.Type == DeviceType.CUDA)
        {
            torch.cuda.synchronize();
        }
    }
}
