namespace Fovea.Executor.Intake;

/// <summary>Holds the model from the moment it is loaded.</summary>
internal sealed class ModelHost
{
    private readonly TaskCompletionSource<ServedModel> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The model, or null while it is loading.</summary>
    public ServedModel? Current => _loaded.Task.IsCompletedSuccessfully ? _loaded.Task.Result : null;

    /// <summary>Ends when the model is loaded; it never ends when loading fails, because the process does.</summary>
    public Task<ServedModel> Loaded => _loaded.Task;

    /// <summary>Takes the model into service.</summary>
    public void Set(ServedModel model) => _loaded.SetResult(model);

    /// <summary>The model.</summary>
    /// <exception cref="RequestRefusedException">It is still loading.</exception>
    public ServedModel Require() => Current ?? throw new RequestRefusedException(
        RefusalReason.Loading, "The model is still loading; health says SERVING when it is there.", TimeSpan.FromSeconds(1));
}
