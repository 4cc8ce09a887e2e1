namespace Fovea.GrpcTests.Support;

/// <summary>What came back for a raw request.</summary>
internal sealed record RawAnswer(int HttpStatus, string? Status, string? Message, byte[] Body)
{
    public string? AcceptEncoding { get; init; }
}
