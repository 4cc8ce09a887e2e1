namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Says which values a loss of one sample can have.</summary>
internal enum LossKind
{
    /// <summary>0 or 1: accuracy and agreement.</summary>
    Binary,

    /// <summary>Any number from 0 on: nll and kl.</summary>
    Nats,
}
