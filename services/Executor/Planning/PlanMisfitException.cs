namespace Fovea.Executor.Planning;

/// <summary>Ends a request whose plan does not fit the loaded model or the prompt; such a plan is never applied.</summary>
internal sealed class PlanMisfitException : Exception
{
    /// <summary>Names every misfit.</summary>
    public PlanMisfitException(string message)
        : base(message)
    {
    }
}
