using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Spectre.Console;

namespace Fovea.Cli.Searches;

/// <summary>Shows how far a search is: a bar where a person watches, one line for each finished trial elsewhere.</summary>
internal static class SearchProgressView
{
    private const int LineEvery = 10;

    /// <summary>Runs a watch whose updates are shown.</summary>
    /// <param name="context">What is written to.</param>
    /// <param name="isQuiet">Whether standard output is kept for one document, so that only a few lines on standard error are written.</param>
    /// <param name="read">Returns the search with every trial.</param>
    /// <param name="watch">Hands its updates to the given function, one after the other.</param>
    public static async Task ShowAsync(CliContext context, bool isQuiet, Func<Task<Search>> read, Func<Func<SearchUpdate, Task>, Task> watch)
    {
        if (isQuiet)
        {
            await watch(Lines(context.Error));
            return;
        }

        if (!context.IsInteractive)
        {
            await watch(new TrialLines(context.Error, read).TakeAsync);
            return;
        }

        var progress = context.Console.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn());
        await progress.StartAsync(async live =>
        {
            var bar = live.AddTask("search");
            await watch(update =>
            {
                Move(bar, update);
                return Task.CompletedTask;
            });
        });
    }

    private static void Move(ProgressTask bar, SearchUpdate update)
    {
        if (update.Search is not { Progress: { } progress } search)
        {
            return;
        }

        bar.MaxValue = Math.Max(1, Math.Max(progress.TrialsExpected, progress.TrialsDone));
        bar.Value = progress.TrialsDone;
        bar.Description = Markup.Escape(SearchText.Progress(search));
    }

    // One line at each step's begin, one at every tenth trial, and one at the end.
    private static Func<SearchUpdate, Task> Lines(TextWriter writer)
    {
        var (step, trials, status) = (-1, 0, SearchStatus.Unspecified);
        return update =>
        {
            if (update.Search is not { } search)
            {
                return Task.CompletedTask;
            }

            var progress = search.Progress ?? new SearchProgress();
            if (progress.Step != step || progress.TrialsDone >= trials + LineEvery || search.Status != status)
            {
                (step, trials, status) = (progress.Step, progress.TrialsDone, search.Status);
                writer.WriteLine(SearchText.Progress(search));
            }

            return Task.CompletedTask;
        };
    }
}
