namespace Fovea.Executor.Intake;

/// <summary>The stages of a request, in order.</summary>
internal enum RequestStage
{
    /// <summary>The request is here.</summary>
    Received,

    /// <summary>A place to run was given.</summary>
    Admitted,

    /// <summary>The keep plan is fixed.</summary>
    Planned,

    /// <summary>The image features are there.</summary>
    Encoded,

    /// <summary>The prompt is in the KV cache.</summary>
    Prefilled,

    /// <summary>The first token of the answer is known.</summary>
    FirstToken,

    /// <summary>The answer is complete.</summary>
    Completed,
}
