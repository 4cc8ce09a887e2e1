namespace Grpc.Core;

/// <summary>How one message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message is put on the wire at once.</summary>
    None = 0,

    /// <summary>The message may wait for the next one before it is put on the wire.</summary>
    BufferHint = 1,

    /// <summary>The message is not compressed even if the call is.</summary>
    NoCompress = 2,
}
