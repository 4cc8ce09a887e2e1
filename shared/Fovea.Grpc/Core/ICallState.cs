namespace Grpc.Core;

/// <summary>What all four call objects ask of the call behind them.</summary>
internal interface ICallState : IDisposable
{
    /// <summary>The response headers, once they came.</summary>
    Task<Metadata> ResponseHeadersAsync { get; }

    /// <summary>The status of a call that has ended.</summary>
    Status GetStatus();

    /// <summary>The trailers of a call that has ended.</summary>
    Metadata GetTrailers();
}
