namespace Fovea.Executor.Intake;

/// <summary>Why a request is not served; the order is the order in which one reason hides another.</summary>
internal enum RefusalReason
{
    /// <summary>The request is wrong by itself.</summary>
    Invalid,

    /// <summary>No model of that name is loaded.</summary>
    UnknownModel,

    /// <summary>No question set of that digest is held.</summary>
    UnknownSet,

    /// <summary>The model is loaded at another revision.</summary>
    OtherRevision,

    /// <summary>The scheduler is away, and the request forbids a stale answer.</summary>
    StalePlan,

    /// <summary>As many requests wait as may.</summary>
    QueueFull,

    /// <summary>The wait would last beyond the deadline.</summary>
    Late,

    /// <summary>What is kept leaves no room.</summary>
    NoRoom,

    /// <summary>Another executor did not give what was asked of it.</summary>
    PeerFailed,

    /// <summary>The model is not loaded yet.</summary>
    Loading,
}
