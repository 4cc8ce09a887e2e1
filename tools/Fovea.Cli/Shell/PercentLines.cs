namespace Fovea.Cli.Shell;

/// <summary>Writes a line at each twentieth of some work; safe from several threads.</summary>
internal sealed class PercentLines
{
    private const int Steps = 20;

    private readonly TextWriter _writer;
    private int _step;

    /// <summary>Makes a reporter.</summary>
    /// <param name="writer">Takes the lines; safe from several threads.</param>
    public PercentLines(TextWriter writer) => _writer = writer;

    /// <summary>Is told how much is done.</summary>
    public void Report(int done, int total)
    {
        var step = total == 0 ? Steps : (int)((long)done * Steps / total);
        var before = Volatile.Read(ref _step);
        if (step > before && Interlocked.CompareExchange(ref _step, step, before) == before)
        {
            _writer.WriteLine($"{done} of {total} scores, {step * 100 / Steps} %");
        }
    }
}
