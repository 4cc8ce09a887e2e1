namespace Fovea.Faults.Proxies;

/// <summary>Looks at the bytes of one direction of one connection and says which of them go on.</summary>
internal interface IStreamFilter
{
    /// <summary>Takes bytes as they come and returns those that go on, in order.</summary>
    byte[] Pass(ReadOnlySpan<byte> bytes);
}
